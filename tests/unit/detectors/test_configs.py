"""Marks on settings in configuration files."""

import pytest

from byline.model import Confidence, ConfigFile, Finding, Shows
from support.examples import commit
from support.marks import detection_of


def row(path: str, pointer: object, *values: object) -> dict[str, object]:
    wanted = {"value": list(values)} if values else {}
    return {"surface": "config", "path": path, "pointer": pointer, **wanted}


def found(mark: dict[str, object], path: str, after: str | bytes | None, before: str | None = None) -> list[Finding]:
    new = after.encode() if isinstance(after, str) else after
    file = ConfigFile(path, None if before is None else before.encode(), new)
    return list(detection_of(mark).detect(commit(configs=(file,))))


EXTENSIONS = row("extensions.json", "recommendations.*", "acme.*")
WORKFLOW = row(".github/workflows/*.yml", "jobs.**.uses", "acme/action@*")
SETTING = row("settings.json", ["acme.coAuthor", "enabled"], False)
EXISTS = row("*.json", "servers.acme")
TABLE = row("pyproject.toml", "tool.acme.*.on", True, 3)
ANY = row("a.yaml", "list.*")
DEEP = row("*.json", "**.acme")


@pytest.mark.parametrize(
    ("mark", "path", "content", "text"),
    [
        (EXTENSIONS, "extensions.json", '{"recommendations": ["x.y", "Acme.Coder"]}', "recommendations.* = 'Acme."),
        (EXTENSIONS, "x/extensions.json", '{\n// why\n"recommendations": ["acme.x",],\n}', "recommendations.*"),
        (EXTENSIONS, "extensions.json", '\ufeff{"recommendations": ["acme.x"]}', "recommendations.* = 'acme.x'"),
        (WORKFLOW, ".github/workflows/a.yml", "on: push\njobs:\n  x:\n  - uses: acme/action@v1\n", "jobs.x.*.uses"),
        (WORKFLOW, ".github/workflows/a.yml", "jobs: {x: {uses: 'acme/action@v2'}}", "jobs.x.uses = 'acme/action@v2'"),
        (WORKFLOW, ".github/workflows/a.yml", "a: 1\n---\njobs: {x: {uses: acme/action@v2}}", "jobs.x.uses"),
        (WORKFLOW, ".github/workflows/a.yml", "x: &s {uses: acme/action@v2}\njobs: !odd {a: *s}", "jobs.a.uses"),
        (SETTING, "settings.json", '{"acme.coAuthor": {"enabled": false}}', "acme.coAuthor.enabled = False"),
        (EXISTS, "x.json", '{"servers": {"acme": {"url": "x"}}}', "servers.acme"),
        (EXISTS, "x.json", '{"servers": {"acme": null}}', "servers.acme"),
        (TABLE, "pyproject.toml", "[tool.acme.x]\non = true", "tool.acme.x.on = True"),
        (TABLE, "pyproject.toml", "[tool.acme.x]\non = 3", "tool.acme.x.on = 3"),
        (ANY, "a.yaml", "list: [one]", "list.* = 'one'"),
        (DEEP, "x.json", '{"acme": 1}', "acme = 1"),
        (DEEP, "x.json", '{"a": [{"b": {"acme": 1}}]}', "a.*.b.acme = 1"),
    ],
)  # fmt: skip
def test_fires(mark: dict[str, object], path: str, content: str, text: str) -> None:
    (finding,) = found(mark, path, content)
    assert (finding.mark, finding.path, finding.line) == ("acme.m0", path, None)
    assert finding.text.startswith(text)


@pytest.mark.parametrize(
    "value",
    [
        '"\\x61cme/action@v1"',
        '"acme\\u002faction@v1"',
        '"ac\\\nme/action@v1"',
        '"ac\\\r\n  me/action@v1"',
        '"ac\\\rme/action@v1"',
        '"ac\\\u2028me/action@v1"',
        '"ac\\\u0085me/action@v1"',
        "ACME/Action@v1",
        "acme/action@v\u00e9",
    ],
)
@pytest.mark.parametrize("comment", ["", "# \u2139 what it does\n", "# caf\u00e9 K\n"])
def test_a_value_is_found_however_it_is_written(value: str, comment: str) -> None:
    assert found(WORKFLOW, ".github/workflows/a.yml", f"{comment}jobs:\n  x:\n    uses: {value}\n")


@pytest.mark.parametrize("beside", ["1", '"\u00e9"'])
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("settings.json", '{"x": BESIDE, "acme.co\\Author": {"enabled": false}}'),
        ("settings.json", '{"x": BESIDE, "acme.coAuthor": {"en\\abled": false}}'),
        ("settings.json", '{"x": BESIDE, "acme.coAuthor": {"\\u0065nabled": false}}'),
        ("settings.json", '{"x": BESIDE, "acme.coAuthor": {"ena\\\nbled": false}}'),
        ("settings.json", '{"x": BESIDE, "acme.coAuthor": {"ena\\\rbled": false}}'),
        ("settings.json", '{"x": BESIDE, "acme.coAuthor": {"ena\\\u2028bled": false}}'),
        ("settings.toml", 'x = BESIDE\n"acme.coAuthor" = """acme\\  \n  bot"""'),
        ("settings.toml", 'x = BESIDE\n"acme.coAuthor" = """ac\\\n\n \n me bot"""'),
        ("settings.toml", 'x = BESIDE\n"acme.coAuthor" = """ac\\\r\n\r\nme bot"""'),
        ("settings.yaml", 'x: BESIDE\nacme.coAuthor: "acme\\ bot"'),
        ("settings.yaml", "x: BESIDE\nacme.coAuthor: acme\n  bot"),
        ("settings.yaml", 'x: BESIDE\nacme.coAuthor: "acme\n\n   bot"'),
    ],
)
def test_a_setting_is_found_however_it_is_written(path: str, content: str, beside: str) -> None:
    mark = SETTING if path.endswith("json") else row(path, ["acme.coAuthor"], "acme*bot")
    assert found(mark, path, content.replace("BESIDE", beside))


def test_a_quote_that_is_doubled() -> None:
    assert found(row("a.yaml", "x", "it's acme"), "a.yaml", "x: 'it''s acme'")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_utf16_is_said_whatever_it_holds(encoding: str) -> None:
    (finding,) = found(SETTING, "settings.json", '{"a": "\u00e9"}'.encode(encoding))
    assert finding.mark == "byline.unreadable-config"


def test_a_comment_in_another_encoding_hides_nothing() -> None:
    assert found(SETTING, "settings.json", b'// caf\xe9\n{"acme.coAuthor": {"enabled": false}}')
    assert found(SETTING, "settings.json", b'// caf\xe9\n{"acme.other": {"enabled": false}}') == []
    assert found(WORKFLOW, ".github/workflows/a.yml", b"# caf\xe9\njobs: {x: {uses: acme/action@v1}}")


def test_letters_past_ascii_with_lower_case_forms_in_it() -> None:
    kelvin = row(".github/workflows/*.yml", "jobs.**.uses", "acme/kit@*")
    assert found(kelvin, ".github/workflows/a.yml", "jobs: {x: {uses: acme/\u212ait@v1}}")


@pytest.mark.parametrize(
    ("mark", "path", "content"),
    [
        (EXTENSIONS, "extensions.json", '{"recommendations": ["acme"]}'),
        (EXTENSIONS, "extensions.json", '{"unwantedRecommendations": ["acme.x"]}'),
        (EXTENSIONS, "extensions.json", '{"recommendations": "acme.x"}'),
        (EXTENSIONS, "extensions.json", '["acme.x"]'),
        (EXTENSIONS, "extensions.json", "null"),
        (EXTENSIONS, "extensions.json", ""),
        (WORKFLOW, ".github/workflows/a.yml", "uses: acme/action@v1"),
        (WORKFLOW, ".github/workflows/a.yml", "jobs: {x: {run: acme/action@v1}}"),
        (WORKFLOW, ".github/workflows/x/a.yml", "jobs: {x: {uses: acme/action@v1}}"),
        (SETTING, "settings.json", '{"acme.coAuthor": {"enabled": true}}'),
        (SETTING, "settings.json", '{"acme.coAuthor": {"enabled": 0}}'),
        (SETTING, "settings.json", '{"acme": {"coAuthor": {"enabled": false}}}'),
        (TABLE, "pyproject.toml", "[tool.acme.x]\non = 1"),
        (ANY, "a.yaml", "list: {}\n? [complex, key]\n: x"),
    ],
)
def test_stays_silent(mark: dict[str, object], path: str, content: str) -> None:
    assert found(mark, path, content) == []


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [
        ('{"recommendations": []}', '{"recommendations": ["acme.x"]}', True),
        ('{"recommendations": ["acme.x"]}', '{"recommendations": ["b.c", "acme.x"]}', False),
        ('{"recommendations": ["acme.x"]}', '{"recommendations": ["acme.x", "acme.y"]}', True),
        ('{"recommendations": ["acme.x"]}', '{"recommendations": []}', False),
        ('{"recommendations": ["acme.x"]}', None, False),
        ("{broken", '{"recommendations": ["acme.x"]}', True),
    ],
)
def test_only_what_the_commit_brings_in_counts(before: str, after: str | None, fires: bool) -> None:
    assert bool(found(EXTENSIONS, "extensions.json", after, before)) == fires


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("a.json", '{"a": 1,\n "b": }', "it is not JSON: line 2 is wrong"),
        ("a.json", "[" * 5000, "it is not JSON: line 1 is wrong"),
        ("a.json", '{"a": ' + "9" * 5000 + "}", "it is not JSON"),
        ("a.jsonc", "// only", "it is not JSON"),
        ("a.yaml", "a: [1\nb: 2", "it is not YAML: line 2: "),
        ("a.yaml", "a: *nowhere", "it is not YAML: line 1: "),
        ("a.yaml", "[" * 150 + "]" * 150, "it is nested more than 100 levels deep"),
        ("a.yaml", "\x07", "it is not YAML"),
        ("a.toml", "a = 1\nb = \n", "it is not TOML: Invalid value (at line 2, column 5)"),
        ("a.toml", "a = " + "[" * 3000 + "]" * 3000, "it is nested more than 100 levels deep"),
        ("a.toml", "a = " + "9" * 5000, "it is not TOML: "),
        ("a.json", b"{\0", "it holds NUL, as UTF-16 does"),
        ("a.json", "[" + "1," * 600_000 + "1]", "it has 1200003 bytes, and at most 1048576 are read"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(path: str, content: str | bytes, reason: str) -> None:
    mark = row("a." + path.rpartition(".")[2], "**")
    (finding,) = found(mark, path, content)
    assert (finding.mark, finding.tool) == ("byline.unreadable-config", "byline")
    assert (finding.confidence, finding.shows, finding.path) == (Confidence.HINT, Shows.SETUP, path)
    assert finding.text.startswith(f"{path} cannot be read for settings of AI tools: {reason}")


def test_a_broken_file_that_cannot_hold_the_setting_is_no_concern() -> None:
    assert found(EXTENSIONS, "extensions.json", "{{ template }}") == []
    assert found(EXTENSIONS, "extensions.json", '{"recommendations": ["acme.x') != []
    assert found(EXTENSIONS, "extensions.json", r'{"recommendations": ["\u0061cme.x') != []


def test_a_place_is_known_by_its_last_key_when_any_value_counts() -> None:
    assert found(EXISTS, "a.json", '{"servers": {"other": 1}') == []
    assert found(EXISTS, "a.json", '{"servers": {"acme": 1}') != []


def test_aliases_that_multiply_do_no_harm() -> None:
    levels = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    assert found(row("a.yaml", "**.acme"), "a.yaml", "\n".join(levels)) == []
    assert found(row("a.yaml", "**.b"), "a.yaml", "x: &x\n  y: *x\n  b: 1\n") != []


def test_files_that_no_mark_asks_for_are_not_read() -> None:
    detection = detection_of(EXTENSIONS)
    assert detection.search.is_config(".vscode/extensions.json")
    assert not detection.search.is_config("package.json")
    assert found(EXTENSIONS, "package.json", "{broken") == []
