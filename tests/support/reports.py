"""Commits with findings and decisions, for tests of what prints them."""

from byline.model import (
    Commit,
    CommitReport,
    Confidence,
    Decision,
    Finding,
    Identity,
    Judged,
    Outcome,
    Rule,
    Shows,
    Surface,
    Verdict,
    Violation,
)

PERSON = Identity("Ada Example", "ada@example.com", 1_700_000_000)
DENY = Rule('ai = "deny"', "byline.toml", 4)
DISCLOSE = Rule('[tools] aider = "disclose"', "byline.toml", 9)
TOOL_NAMES = {"claude-code": "Claude Code", "aider": "Aider", "cursor": "Cursor"}
CO_AUTHOR = "Co-Authored-By: Claude <noreply@anthropic.com>"


def commit(**fields) -> Commit:
    """A commit by a person, but for the given fields."""
    message = f"Add the retry loop\n\n{CO_AUTHOR}\n"
    return Commit(sha="3f1c2a9b04" * 4, parents=(), author=PERSON, committer=PERSON, message=message)._replace(**fields)


def finding(**fields) -> Finding:
    """A certain trailer of Claude Code on line 3 of the message, but for the given fields."""
    seen = Finding(
        "claude-code.co-author", "claude-code", Surface.TRAILER, Shows.GENERATED, Confidence.CERTAIN, CO_AUTHOR
    )
    return seen._replace(**{"line": 3, "role": "Co-Authored-By", **fields})


def hint(path: str) -> Finding:
    """A file that shows that Cursor is set up."""
    return Finding("cursor.rules", "cursor", Surface.PATH, Shows.SETUP, Confidence.HINT, path, path)


def blocked(*findings: Finding, **fields) -> CommitReport:
    """A commit that the policy denies for these findings."""
    found = findings or (finding(),)
    reason = "Claude Code is denied here"
    decision = Decision(
        Outcome.BLOCKED,
        reason,
        DENY,
        tuple(Judged(item, Verdict.DENY, DENY) for item in found),
        ("Leave out what was made with Claude Code",),
        (Violation(reason, DENY, Outcome.BLOCKED),),
    )
    return CommitReport(commit(**fields), found, decision)


def undisclosed(outcome: Outcome = Outcome.WARNED) -> CommitReport:
    """A commit whose disclosure is missing."""
    seen = finding(mark="aider.co-author", tool="aider", shows=Shows.ASSISTED)
    reason = "use of Aider is not disclosed: the policy asks for an Assisted-by trailer"
    decision = Decision(
        outcome,
        reason,
        DISCLOSE,
        (Judged(seen, Verdict.DISCLOSE, DISCLOSE),),
        ("Add this line to the end of the message: Assisted-by: Aider:<model>",),
        (Violation(reason, DISCLOSE, outcome),),
        ("Assisted-by: Aider:<model>",),
    )
    return CommitReport(commit(), (seen,), decision)


def noted(*findings: Finding) -> CommitReport:
    """A commit whose marks are only noted."""
    return CommitReport(commit(), findings or (hint(".cursor/rules/a.mdc"),), Decision(Outcome.ANNOTATED))


def clean() -> CommitReport:
    """A commit with nothing to say about."""
    return CommitReport(commit(message="Fix the parser\n"), (), Decision(Outcome.OK))


def unread() -> CommitReport:
    """A commit of which part could not be read."""
    lacks = ("blob 1234abcd is missing",)
    reason = "could not be checked: blob 1234abcd is missing"
    return CommitReport(commit(unread=lacks), (), Decision(Outcome.SKIPPED, reason))
