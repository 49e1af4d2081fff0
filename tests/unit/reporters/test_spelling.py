"""How a mark is written is said where it is not written plainly."""

import json
from importlib.resources import files

import jsonschema
import pytest

from byline.model import Spelling
from byline.reporters.commit_object import commit_object
from byline.reporters.commit_text import commit_text
from support.reports import TOOL_NAMES, blocked, finding


@pytest.mark.parametrize(
    ("spelling", "words"),
    [(Spelling.MISSPELT, "(the key is misspelt)"), (Spelling.DISGUISED, "(written so as not to be recognised)")],
)
def test_the_text_says_so_below_the_line_that_was_seen(spelling: Spelling, words: str) -> None:
    lines = commit_text(blocked(finding(spelling=spelling)), TOOL_NAMES).split("\n")
    (seen,) = (number for number, line in enumerate(lines) if line.startswith("    seen"))
    assert lines[seen + 1].strip() == words


def test_a_plain_mark_needs_no_remark() -> None:
    assert "(" not in commit_text(blocked(finding()), TOOL_NAMES).partition("mark")[0]


@pytest.mark.parametrize("spelling", list(Spelling))
def test_json_has_it_only_where_it_is_not_plain(spelling: Spelling) -> None:
    commit = json.loads(json.dumps(commit_object(blocked(finding(spelling=spelling)))))
    schema = json.loads((files("byline.reporters") / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator({"$ref": "#/$defs/commit", "$defs": schema["$defs"]}).validate(commit)
    shown = commit["findings"][0]
    assert shown.get("spelling", "plain") == spelling.value
    assert ("spelling" in shown) == (spelling is not Spelling.PLAIN)
