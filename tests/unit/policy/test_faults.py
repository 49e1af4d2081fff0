"""Everything wrong with a policy is reported at once, with its line and what to write instead."""

import textwrap

import pytest

from byline.errors import PolicyError
from byline.policy.load import find_policy, parse_policy
from byline.policy.reading import LARGEST_FILE, MOST_FAULTS
from support.policies import CATALOGUE, policy


def faults(text: str | bytes, file: str = "byline.toml") -> list[str]:
    data = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
    with pytest.raises(PolicyError) as caught:
        parse_policy(data, file, CATALOGUE)
    return [str(fault) for fault in caught.value.faults]


def test_all_at_once_in_order_of_lines() -> None:
    assert faults("""\
        [policy]
        ai = "denny"
        since = "2024-01-01"
        [tools]
        claud-code = "deny"
        [vendors]
        antropic = "deny"
        [trailer]
        require = ["DCO"]
        """) == [
        'byline.toml:2: ai: unknown value "denny": did you mean "deny"?',
        "byline.toml:3: since must be a date without quotes, such as 2026-07-10, not text",
        'byline.toml:5: unknown tool "claud-code": did you mean "claude-code"?',
        'byline.toml:7: unknown vendor "antropic": did you mean "anthropic"?',
        'byline.toml:8: unknown key "trailer": did you mean "trailers"?',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("policy = 3", "byline.toml:1: policy must be a table: write [policy]"),
        ("[scope]\nai = 'deny'", "byline.toml:1: scope must be a list of tables: write [[scope]]"),
        ("tools = ['codex']", "byline.toml:1: tools must be a table: write [tools]"),
        (
            "[[scope]]\npaths='a'\ntools = 'deny'",
            'byline.toml:3: tools must be a table, such as { claude-code = "deny" }',
        ),
        (
            "[[scope]]\npaths='a'\nmodes = 'deny'",
            'byline.toml:3: modes must be a table, such as { completion = "deny" }',
        ),
        ("[trailers]\ndisclose = 'A'", 'disclose must be a table, such as { Assisted-by = "{text}" }'),
        ("[tools]\n'hosting:internal' = 'deny'", '"hosting:internal" is no tool: write internal in [hosting]'),
        ("[policy]\nname = 3", "byline.toml:2: name must be text in quotes, not the number 3"),
        ("[policy]\nname = ''", "byline.toml:2: name must be text in quotes, not empty text"),
        ("[policy]\nsince = 2026-01-01T00:00:00Z", "byline.toml:2: since must be a date without quotes"),
        ("[evidence]\nsetup = 'yes'", "byline.toml:2: setup must be true or false, not text"),
        ("[evidence]\nblock = ['sure']", 'byline.toml:2: block: unknown value "sure"'),
        ("[limits]\nmax-lines = -1", "byline.toml:2: max-lines must be a whole number"),
        ("[limits]\nmax-lines = true", "byline.toml:2: max-lines must be a whole number"),
        ("[[exempt]]\npaths = ['a']", "byline.toml:1: reason is missing: why it was granted"),
        ("[[exempt]]\nreason = 'a'", "byline.toml:1: the exemption covers everything"),
        ("[[exempt]]\ncommits = ['1234567']\nreason = 'a'", 'byline.toml:2: "1234567" is not a full commit id'),
        ("[policy]\nbaseline = 'main'", 'byline.toml:2: "main" is not a full commit id'),
        ("[[scope]]\nai = 'deny'", "byline.toml:1: the scope says nowhere"),
        ("[[scope]]\npaths = 'a'", "byline.toml:1: the scope says nothing"),
        ("[[scope]]\npaths = '@cod'\nai='deny'", 'byline.toml:2: unknown set of files "@cod": did you mean "@code"?'),
        ("[[scope]]\npaths = '*.{c,h}'\nai='deny'", "has a brace; write one pattern for each"),
        ("[[scope]]\npaths = '/'\nai='deny'", '"/" is not a path'),
        ("[[scope]]\npaths = '../x'\nai='deny'", "leaves the repository"),
        ("[[scope]]\npaths = ['*', 'a//b']\nai='deny'", 'byline.toml:2: "a//b" has two slashes in a row'),
        ("[[scope]]\npaths = '[ab'\nai='deny'", "opens a bracket that is never closed"),
        ("[[scope]]\npaths = 'x[z-a]'\nai='deny'", "has a range that runs backwards"),
        ("[[scope]]\npaths = 'a\\'\nai='deny'", "ends with a backslash"),
        ("[[scope]]\npaths = ' a'\nai='deny'", "begins or ends with a blank"),
        ("[[scope]]\npaths = ['!a', '!b']\nai='deny'", "patterns with ! take out of those before them"),
        ("[groups]\na = ['@b']", "byline.toml:2: a group holds people, not other groups: a"),
        ('[markers]\ndiff = ["a\\nb"]', "byline.toml:2: a text in the diff stands in one line"),
        ("[vendors]\namazon = 'deny'\nAmazon = 'allow'", "a second name of a vendor that has a verdict here already"),
        ("[[scope]]\nauthors = '@core'\nai='deny'", 'byline.toml:2: unknown group "@core" ([groups] defines new ones)'),
        ("[[scope]]\nfrom = 2026-02-01\nuntil = 2026-01-01\nai='deny'", "byline.toml:3: until is before from"),
        ("[[scope]]\npaths = 'a'\nai='deny'\nextends='x'", "byline.toml:4: extends is a key of the whole file"),
        ("[paths]\ncode = ['a']", "byline.toml:2: @code is built in"),
        ("[tools]\nclaude = 'deny'\nclaude-code = 'allow'", "has a verdict here already: claude-code"),
        ("[trailers]\ndisclose = { Assisted-by = '{x' }", "byline.toml:2: "),
        ("[trailers]\nforbid = 'Assisted by'", '"Assisted by" cannot be the key of a trailer'),
        ("[trailers]\ndisclose = { Signed-off-by = '{text}' }", "Signed-off-by is always for people"),
        ("[trailers]\ndisclose = { A = '{text}' }\nforbid = 'a'", "A is forbidden in [trailers] forbid"),
        ("[trailers]\ndisclose = { A = '{text}' }\nhuman-only = 'a'", "A is in [trailers] human-only"),
        ("[trailers]\nrequire = 'A'\nforbid = 'a'", "A is both required and forbidden"),
        ("version = 2", "version 2 of the policy language is not known here"),
        ("[policy]\nai = 'ban'", 'byline.toml:2: ai: unknown value "ban": did you mean "deny"?'),
        ("[enforce]\nci = 'deny'", 'byline.toml:2: ci: unknown value "deny": did you mean "block"?'),
        ("[notes]\nread = 'yes'", 'byline.toml:2: read: unknown value "yes" (known: off, show, count)'),
        ("[notes]\nread = 'no'", 'byline.toml:2: read: unknown value "no": did you mean "off"?'),
        ("[enforce]\nci = 'no'", 'byline.toml:2: ci: unknown value "no": did you mean "off"?'),
        ("[policy]\nai = 'no'", 'ai: unknown value "no" (known: allow, disclose, approve, deny)'),
        ("[enforce]\npre-receive = 'block'", 'byline.toml:2: unknown key "pre-receive": did you mean "server"?'),
        ("[hosting]\nsaas = 'deny'", 'byline.toml:2: unknown key "saas": did you mean "cloud"?'),
        ("[modes]\nautonomous = 'deny'", 'byline.toml:2: unknown key "autonomous": did you mean "unattended"?'),
        ("[tools]\ndeny = ['codex']", 'byline.toml:2: write one name a line: NAME = "deny"'),
        ("ai = 'deny'", "byline.toml:1: ai is no table: write it in [policy]"),
        ("[policy]\ntools = { codex = 'deny' }", "byline.toml:2: tools is a table of its own: write [tools]"),
        ("[policy]\nscope = []", "byline.toml:2: scope is a table of its own: write [[scope]]"),
        ("[[scope]]\npaths = []\nai = 'deny'", "byline.toml:2: paths is empty, so nothing can be meant"),
        ("[[exempt]]\ntool = []\nreason = 'a'", "byline.toml:2: tool is empty, so nothing can be meant"),
        ("[[scope]]\npaths = 'src\\a'\nai='deny'", "has a backslash before a letter; between folders stands /"),
        ("[[scope]]\npaths = '^src/.*'\nai='deny'", "looks like a regular expression"),
        ("extends = 'https://x.org/p.toml'", "nothing is fetched: copy the file here"),
        ("[trailers]\nforbid = 'A'\nrequire-with-ai = 'a'", "byline.toml:3: a is both required and forbidden"),
        ("[policy]\nai = 'deny'\n[policy]\n", "byline.toml:3: not valid TOML: the table [policy] is given twice"),
    ],
)
def test_fault(text: str, said: str) -> None:
    found = faults(text)
    assert any(said in fault for fault in found), found


def test_paths_in_named_sets_are_checked_when_the_set_is_used() -> None:
    text = "[paths]\nours = ['@tests', '@nope']\n[[scope]]\npaths = '@ours'\nai = 'deny'"
    assert any("byline.toml:2: " in fault and "@nope" in fault for fault in faults(text))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[policy\n", "byline.toml:1: not valid TOML: expected ']'"),
        (b"[policy]\nai = 'deny'\nai = 'allow'\n", "byline.toml:3: not valid TOML: the key is given twice"),
        (b"[policy]\nai = 'deny", "byline.toml:2: not valid TOML"),
        (b"[policy]\nname = '\xff'\n", "byline.toml:2: the file is not UTF-8 text"),
        ("[policy]\n".encode("utf-16"), "byline.toml:1: the file is not UTF-8 text"),
        (b"a = " + b"[" * 10_000, "nested too deeply"),
        (b"[policy]\n[" + b"a." * 400_000 + b"a]", "byline.toml:2: a key has more than 100 parts"),
        (b"x = { " + b"a." * 101 + b"a = 1 }", "byline.toml:1: a key has more than 100 parts"),
        (b"a = " + b"1" * 10_000, "byline.toml"),
        (b"#" * (LARGEST_FILE + 1), "byline.toml: the file is larger than 1,048,576 bytes"),
    ],
)
def test_unreadable_file(data: bytes, said: str) -> None:
    assert said in faults(data)[0]


def test_text_full_of_dots_is_no_deep_key() -> None:
    policy(f"[policy]\nai = 'deny'\nsay = '{'Wait. ' * 80}{'.' * 300}'  # {'.' * 300}\n")


@pytest.mark.parametrize(
    "pattern", ["[a]", "[!a]", "[]a]", "a[-x]", "[a-z]", r"\[a", "a/", "/a", "**", "a**", "x/**/y", "a b", "#a"]
)
def test_patterns_of_gitignore_are_fine(pattern: str) -> None:
    assert policy(f"[[scope]]\npaths = '{pattern}'\nai = 'deny'").scopes


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf[policy]\nai = 'deny'\n", b"[policy]\r\nai = 'deny'\r\n"])
def test_files_from_other_editors_are_read(data: bytes) -> None:
    assert parse_policy(data, "byline.toml", CATALOGUE).base.ai == policy("[policy]\nai = 'deny'").base.ai


def test_flood_of_faults_is_cut() -> None:
    found = faults("".join(f"wrong{number} = 1\n" for number in range(10_000)))
    assert len(found) == MOST_FAULTS + 1
    assert any("the rest is not listed" in fault for fault in found)


def test_pyproject_holds_the_policy_in_its_own_table() -> None:
    text = b'[project]\nname = "x"\n[tool.byline.policy]\nai = "deny"\n'
    ai = parse_policy(text, "pyproject.toml", CATALOGUE).base.ai
    assert ai is not None
    assert (ai[1].text, ai[1].file, ai[1].line) == ('[policy] ai = "deny"', "pyproject.toml", 4)
    assert faults(text.replace(b"deny", b"den"), "pyproject.toml")[0].startswith("pyproject.toml:4: ")
    assert parse_policy(text, "HEAD:pyproject.toml", CATALOGUE).base.ai is not None


FILES = {
    "own": {"byline.toml": b"[policy]\n"},
    "hidden": {".byline.toml": b"[policy]\n"},
    "project": {"pyproject.toml": b"[tool.byline.policy]\nai='deny'\n"},
    "other project": {"pyproject.toml": b"[project]\nname = 'byline-like'\n"},
    "broken project of others": {"pyproject.toml": b"[project\nbyline\n", "byline.toml": b""},
}


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (FILES["own"], "byline.toml"),
        (FILES["hidden"], ".byline.toml"),
        (FILES["project"], "pyproject.toml"),
        (FILES["other project"], None),
        ({}, None),
        ({**FILES["own"], **FILES["other project"]}, "byline.toml"),
        (FILES["broken project of others"], "byline.toml"),
    ],
)
def test_finding_the_policy(files: dict[str, bytes], name: str | None) -> None:
    found = find_policy(files.get)
    assert (found[0] if found else None) == name


def test_two_policies_are_a_fault_that_names_both() -> None:
    with pytest.raises(PolicyError, match=r"byline\.toml and pyproject\.toml") as caught:
        find_policy({**FILES["own"], **FILES["project"]}.get)
    assert caught.value.remedy
