"""Every key a policy file may hold: its type, its meaning, an example.

The loader, the suggestions for misspelt keys, the JSON Schema and the reference in docs/policy.md are all made from
this one table.
"""

from typing import NamedTuple

from byline.model import Confidence, Hosting, Mode, Outcome, Place

TEXT = "text"
TEXTS = "texts"  # one text or a list of them
PATTERNS = "patterns"  # the same, path patterns
PEOPLE = "people"  # the same, patterns over people
DATE = "date"
COUNT = "count"
FLAG = "flag"
CHOICE = "choice"
CHOICES = "choices"
COUNT_OR_TEXT = "count or text"
VERDICTS = "verdicts"  # any name = a verdict
TEMPLATES = "templates"  # trailer key = one template or several
GROUPS = "groups"  # any name = TEXTS
DEFINITIONS = "definitions"  # any name = a table that the catalogue checks
TABLE = "table"
TABLES = "tables"

VERDICT_WORDS = ("allow", "disclose", "approve", "deny")
LEVELS = ("off", "note", "warn", "block")


class Key(NamedTuple):
    """A key, or the table it opens. `choices` are the words it takes; `example` is TOML for its value."""

    name: str
    kind: str
    doc: str
    example: str = ""
    choices: tuple[str, ...] = ()
    keys: tuple["Key", ...] = ()
    required: bool = False


def _verdict(name: str, doc: str) -> Key:
    return Key(name, CHOICE, doc, '"deny"', VERDICT_WORDS)


_VERDICT_TABLES = (
    Key("tools", VERDICTS, "Verdicts for tools, by id or alias (`byline tools` lists them).", 'claude-code = "deny"'),
    Key("vendors", VERDICTS, "Verdicts for all tools of a vendor.", 'anthropic = "disclose"'),
    Key(
        "hosting",
        TABLE,
        "Verdicts by where a tool's model runs.",
        "",
        (),
        (
            _verdict(Hosting.CLOUD, "Tools that run at their vendor."),
            _verdict(Hosting.PRIVATE_TENANT, "Tools that run at a vendor, apart from its other customers."),
            _verdict(Hosting.INTERNAL, "Tools that run on the organisation's own machines."),
            _verdict(Hosting.LOCAL, "Tools that run on the machine of whoever uses them."),
        ),
    ),
    Key(
        "modes",
        TABLE,
        "Verdicts by how a tool was used, where the mark or the tool shows it.",
        "",
        (),
        (
            _verdict(Mode.COMPLETION, "Suggestions while somebody types."),
            _verdict(Mode.CHAT, "Questions and answers."),
            _verdict(Mode.AGENT, "A tool that changes files itself, attended or not."),
            _verdict(Mode.UNATTENDED, "An agent that nobody watches."),
            _verdict(Mode.REVIEW, "Comments on the work of others."),
            _verdict(Mode.TRANSLATION, "Text from one language into another."),
        ),
    ),
)

_WHERE = (
    Key(
        "paths", PATTERNS, "Files, by .gitignore-like patterns and named sets; `!` takes out.", '["@code", "!tools/**"]'
    ),
    Key("branches", TEXTS, "Branches that the commit goes to, by pattern.", '["main", "release/*"]'),
    Key("source-branches", TEXTS, "Branches that a change request comes from, by pattern.", '["staging"]'),
    Key("authors", PEOPLE, "Authors by address, by `Name <address>`, by name, or by `@group`.", '["*@example.org"]'),
    Key("pushers", TEXTS, "Accounts that push, as the server names them, by pattern.", '["release-bot"]'),
    Key("labels", TEXTS, "Labels of the change request; any one of them. Known in CI only.", '["good first issue"]'),
)

POLICY = (
    _verdict("ai", "What holds for use of AI where nothing below says otherwise."),
    Key("name", TEXT, "What the policy is called in reports.", '"Example project"'),
    Key("url", TEXT, "Where people can read the policy; shown with every refusal.", '"https://example.org/ai"'),
    Key("say", TEXT, "A sentence shown with every refusal.", '"Use the in-house assistant instead."'),
    Key("since", DATE, "Commits dated before this day are not judged.", "2026-07-10"),
    Key("review-by", DATE, "After this day byline reminds of reviewing the policy.", "2027-01-15"),
    Key("status", CHOICE, "A proposed policy warns and never blocks.", '"proposed"', ("in-force", "proposed")),
    Key("baseline", TEXTS, "Full ids of commits; they and what came before them are not judged.", '["1c9f…"]'),
)

TRAILERS = (
    Key("disclose", TEMPLATES, "Trailers that disclose, with the form of the value.", '{ Assisted-by = "{text}" }'),
    Key("forbid", TEXTS, "Trailers that may not stand in a message at all.", '["Generated-by"]'),
    Key("human-only", TEXTS, "Trailers, `author` and `committer`: they may not name an AI tool.", '["Co-authored-by"]'),
    Key("require", TEXTS, "Trailers that every commit needs, merges excepted.", '["Signed-off-by"]'),
    Key("require-with-ai", TEXTS, "Trailers that every commit with AI marks needs besides.", '["Tested-by"]'),
    Key("names", CHOICE, "Whether the message should name products.", '"require"', ("any", "require", "discourage")),
    Key("write", FLAG, "Whether hooks in a clone write the disclosure into the message themselves.", "false"),
    Key("drop", TEXTS, "Forbidden trailers that these hooks take out of the message.", '["Generated-by"]'),
)

SCOPE = (
    *_WHERE,
    Key("from", DATE, "Commits dated on this day or later.", "2026-07-10"),
    Key("until", DATE, "Commits dated on this day or earlier.", "2026-12-31"),
    Key("max-lines", COUNT, "Commits that add no more lines than this.", "15"),
    _verdict("ai", "What holds here for use of AI."),
    *_VERDICT_TABLES,
    Key("say", TEXT, "A sentence shown with every refusal here.", '"Use the in-house assistant instead."'),
)

EXEMPT = (
    Key("id", TEXT, "A name for the exemption, for reports.", '"SEC-4711"'),
    Key("tool", TEXTS, "Tools it covers, by id or alias; left out: all.", '"github-copilot"'),
    *_WHERE,
    Key("commits", TEXTS, "Full ids of commits it covers.", '["1c9f…"]'),
    Key("by", TEXT, "Who granted it.", '"security@example.org"'),
    Key("until", DATE, "The last day on which it holds.", "2027-03-31"),
    Key("reason", TEXT, "Why it was granted.", '"pilot"', required=True),
)

APPROVAL = (
    Key("by", PEOPLE, "Who may approve; left out: anybody but the author.", '["@core"]'),
    Key("trailer", TEXT, "The trailer that carries the approval; AI-approved-by when left out.", '"AI-approved-by"'),
    Key("label", TEXT, "A label of the change request that approves. Known in CI only.", '"ai-approved"'),
)

MARKERS = (
    Key("message", TEXTS, "Texts that may not stand in a message.", '["canary-word"]'),
    Key("diff", TEXTS, "Texts that may not stand in an added line.", '["Remove this line before submitting"]'),
    Key("paths", PATTERNS, "Files that may not be added or changed.", '[".claude/**"]'),
)

LIMITS = (
    Key("max-lines", COUNT, "The most lines that a commit with AI marks may add.", "200"),
    Key("max-files", COUNT, "The most files that a commit with AI marks may touch.", "10"),
)

PULL_REQUEST = (
    Key("section", TEXT, "A heading that the description must have, with text below it.", '"AI disclosure"'),
    Key("tick", COUNT_OR_TEXT, "How many boxes must be ticked, or the text of the box that must be.", "1"),
    Key("ask", TEXT, "What the description must say where AI was used.", '"tool and extent"'),
)

EVIDENCE = (
    Key("block", CHOICES, "Confidences that may block; others only note.", '["certain"]', tuple(Confidence)),
    Key("setup", FLAG, "Whether a tool's configuration in the repository counts as its use.", "true"),
    Key("suppression", FLAG, "Whether switching off a tool's own marks counts as its use.", "true"),
    Key("environment", FLAG, "Whether hooks in a clone look at variables and parent programs.", "false"),
    Key("removed", CHOICE, "How far to go where an AI mark is missing or was taken out; `warn`.", '"block"', LEVELS),
    Key("dates", CHOICE, "How a server dates what is new to it; `arrival`.", '"claimed"', ("arrival", "claimed")),
    Key("unseen", CHOICE, "How far pre-push goes for commits that no hook has seen; `off`.", '"warn"', LEVELS),
)

ENFORCE = (
    Key("default", CHOICE, "How far the policy goes where no other line says so.", '"warn"', LEVELS),
    *(Key(place.value, CHOICE, f"How far the policy goes at {place.value}.", '"warn"', LEVELS) for place in Place),
    Key("on-error", CHOICE, "What a client does when it could not check.", '"allow"', ("block", "allow")),
    Key("fetch", FLAG, "Whether `byline ci` may fetch commits that a shallow clone lacks; true if left out.", "false"),
)

EXAMPLE = (
    Key("name", TEXT, "What the example shows.", '"docs are free"'),
    Key("message", TEXT, "The message; its trailers may stand in `trailers`.", '"Fix the parser"'),
    Key("trailers", TEXTS, "Trailers of the message.", '["Assisted-by: LLM"]'),
    Key("tools", TEXTS, "Tools that left a mark somewhere.", '["claude-code"]'),
    Key("mode", CHOICE, "How these tools were used, if their mark shows it.", '"completion"', tuple(Mode)),
    Key("paths", TEXTS, "Files that the commit touches.", '["src/main.c"]'),
    Key("author", TEXT, "The author.", '"Ada <ada@example.org>"'),
    Key("date", DATE, "The day of the commit.", "2026-07-10"),
    Key("branch", TEXT, "The branch it goes to.", '"main"'),
    Key("source-branch", TEXT, "The branch it comes from.", '"staging"'),
    Key("labels", TEXTS, "Labels of the change request.", '["good first issue"]'),
    Key("lines", COUNT, "How many lines it adds.", "200"),
    Key("place", CHOICE, "Where it is judged; ci when left out.", '"push"', tuple(Place)),
    Key("expect", CHOICE, "What must become of it.", '"blocked"', tuple(Outcome), required=True),
    Key(
        "if-enforced", CHOICE, "What would, if the policy were enforced as far as it asks.", '"blocked"', tuple(Outcome)
    ),
)

NOTES = (
    Key("commit", FLAG, "Whether the post-commit hook writes a note on each commit.", "true"),
    Key("server", FLAG, "Whether the post-receive hook of the server writes one on each commit of a push.", "true"),
    Key(
        "read",
        CHOICE,
        "What `byline check` and pre-push make of what notes say of the environment a commit was made in; off.",
        '"count"',
        ("off", "show", "count"),
    ),
    Key("ref", TEXT, "Where notes are kept; refs/notes/byline when left out.", '"refs/notes/ai-policy"'),
)

PRESET = (
    Key("as-of", DATE, "The day on which the policy was read.", "2026-09-14", required=True),
    Key("grade", CHOICE, "Read in the policy's own words, or reported by others.", "", ("primary", "reported")),
    Key("source", TEXT, "Where it was read, if not at the policy's url.", '"https://example.org/ai"'),
)

ROOT = Key(
    "",
    TABLE,
    "A policy file, or the table [tool.byline] of pyproject.toml.",
    keys=(
        Key("version", COUNT, "The version of this language: 1.", "1"),
        Key("extends", TEXTS, "Presets (`name@date`) or files of the repository to start from.", '["fedora@2025-10"]'),
        Key("policy", TABLE, "The policy in a few words.", keys=POLICY),
        *_VERDICT_TABLES,
        Key("trailers", TABLE, "What the trailers of a message must and must not say.", keys=TRAILERS),
        Key("scope", TABLES, "Other verdicts for some files or commits; the last that matches wins.", keys=SCOPE),
        Key("exempt", TABLES, "Exemptions, with a reason.", keys=EXEMPT),
        Key("approval", TABLE, "How an approval is shown, and by whom.", keys=APPROVAL),
        Key("markers", TABLE, "Texts and files that may not come in.", keys=MARKERS),
        Key("limits", TABLE, "How large a commit with AI marks may be.", keys=LIMITS),
        Key("pull-request", TABLE, "What the description of a change request must hold.", keys=PULL_REQUEST),
        Key("evidence", TABLE, "Which marks count, and which may block.", keys=EVIDENCE),
        Key("enforce", TABLE, "How far the policy goes in each place: off, note, warn or block.", keys=ENFORCE),
        Key("notes", TABLE, "Notes on commits: what was found, and what the policy made of it.", keys=NOTES),
        Key("groups", GROUPS, "Groups of people, for `@name` in authors and approvals.", 'core = ["*@example.org"]'),
        Key("paths", GROUPS, "Sets of files, for `@name` in paths.", 'training = ["datasets/**"]'),
        Key("define", DEFINITIONS, "Tools of your own, with the marks they leave."),
        Key("example", TABLES, "Commits and what must become of them; `byline policy test` runs them.", keys=EXAMPLE),
        Key("preset", TABLE, "Where a bundled preset comes from.", keys=PRESET),
    ),
)
