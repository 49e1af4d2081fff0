"""What providers read: variables, event files and properties files that may hold anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import BylineError, UnreadableInput
from byline.providers import PROVIDERS, detect
from byline.providers.change import Change
from byline.providers.event_file import LARGEST_EVENT, Event, parse_event
from byline.providers.teamcity import parse_properties
from byline.providers.values import abbreviated_id, branch_name, commit_id

FULL = "0123456789abcdef" * 2 + "01234567"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ""), ("0" * 40, ""), ("0" * 64, ""), (FULL, FULL), (f" {FULL.upper()}\n", FULL), ("ab" * 32, "ab" * 32)],
)
def test_ids(value: str, expected: str) -> None:
    assert commit_id(value, "X") == expected


@pytest.mark.parametrize("value", ["HEAD", FULL[:10], "--all", f"{FULL}^", "$(x)", "g" * 40, f"{FULL}\n{FULL}"])
def test_no_ids(value: str) -> None:
    with pytest.raises(UnreadableInput, match="X holds no commit id"):
        commit_id(value, "X")


def test_abbreviated_ids() -> None:
    assert abbreviated_id(FULL[:12], "X") == FULL[:12]
    assert abbreviated_id("0" * 12, "X") == ""
    with pytest.raises(UnreadableInput):
        abbreviated_id("abc", "X")


@pytest.mark.parametrize("value", ["main", "refs/heads/main", "feature/a-b_c.d", "naïve", "a'b\"c$(d);e", "#1", "@x"])
def test_branches(value: str) -> None:
    assert branch_name(value, "X") == value.removeprefix("refs/heads/")


@pytest.mark.parametrize(
    "value", ["a b", "a..b", "-x", "\n::error::", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "a.lock", "@{u}", "@"]
)
def test_no_branches(value: str) -> None:
    with pytest.raises(UnreadableInput, match="X holds no branch name"):
        branch_name(value, "X")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "is missing"),
        (b"", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[1]", "holds no object"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"a": "' + b"x" * LARGEST_EVENT + b'"}', "MiB large"),
    ],
    ids=["missing", "empty", "no text", "a list", "deep", "large"],
)
def test_event_files_that_cannot_be_used(data: bytes | None, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        parse_event(data, "event.json")


def test_an_event_answers_with_nothing_where_it_lies() -> None:
    event = Event({"a": {"b": 7, "c": "text", "d": [{"e": "f"}, 3], "g": True}})
    assert event.text("a", "b") == event.text("a", "b", "c") == event.text("x", "y") == ""
    assert (event.text("a", "c"), event.number("a", "b"), event.number("a", "g")) == ("text", "7", "")
    assert [element.text("e") for element in event.objects("a", "d")] == ["f", ""]
    assert event.is_true("a", "g")
    assert not event.is_true("a", "b")


def test_properties_files() -> None:
    text = b"# c\n! c\n a=1\nb : two words\nc\\ d = \\u00e9\\t\\=\ne = one \\\n   two\nf\n=g\nh=\\\\\n"
    assert parse_properties(text) == {
        "a": "1", "b": "two words", "c d": "é\t=", "e": "one two", "f": "", "h": "\\",
    }  # fmt: skip


@given(st.sampled_from(PROVIDERS), st.dictionaries(st.sampled_from(sorted({
    "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REF", "GITHUB_SHA", "CI_MERGE_REQUEST_IID", "CI_COMMIT_SHA",
    "CI_COMMIT_TAG", "BITBUCKET_PR_ID", "BITBUCKET_COMMIT", "SYSTEM_PULLREQUEST_PULLREQUESTID", "BUILD_SOURCEBRANCH",
    "CHANGE_ID", "CHANGE_TARGET", "CIRCLE_SHA1", "CIRCLE_TAG", "BUILDKITE_PULL_REQUEST", "BUILDKITE_COMMIT",
    "CI_COMMIT_REF", "DRONE_BUILD_EVENT", "TRAVIS_PULL_REQUEST", "TRAVIS_COMMIT_RANGE", "GERRIT_PATCHSET_REVISION",
    "GERRIT_CHANGE_COMMIT_MESSAGE", "ZUUL_CHANGE", "ZUUL_NEWREV", "TEAMCITY_BUILD_PROPERTIES_FILE",
})), st.text(max_size=20)), st.one_of(st.none(), st.binary(max_size=60)))  # fmt: skip
def test_whatever_the_variables_hold_there_is_a_change_or_one_sentence(
    provider: tuple[str, str], variables: dict[str, str], data: bytes | None
) -> None:
    told: Change | BylineError | None
    try:
        told = detect({provider[0]: "true", **variables}, lambda _: data)
    except BylineError as error:
        told = error
    assert told is not None
    assert told.remedy if isinstance(told, BylineError) else told.full_history.endswith(".")
