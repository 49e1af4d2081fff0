"""Globs match what .gitignore would, for a file as such; many globs at once match what each does alone."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from byline.catalogue.globs import matcher, translate

WORDS = st.sampled_from(["a", "b", "ab", ".x", "a.md", "b.md", "c-d"])
PATHS = st.lists(WORDS, min_size=1, max_size=5).map("/".join)
SEGMENTS = st.one_of(
    WORDS, st.just("**"), st.text("ab*?.", min_size=1, max_size=4).filter(lambda text: not re.search(r"\*\*", text))
)
GLOBS = st.builds(
    lambda root, segments, below: root + "/".join(segments) + below,
    st.sampled_from(["", "/"]),
    st.lists(SEGMENTS, min_size=1, max_size=5),
    st.sampled_from(["", "", "/**", "/"]),
)


def matches(glob: str, path: str) -> bool:
    return matcher([glob])(path) == (0,)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*.md", "a.md"),
        ("*.md", "docs/deep/a.md"),
        ("CLAUDE.md", "docs/CLAUDE.md"),
        ("/CLAUDE.md", "CLAUDE.md"),
        ("docs/*.md", "docs/a.md"),
        ("docs/**", "docs/a/b.md"),
        ("docs/", "docs/a.md"),
        ("docs/", "src/docs/deep/a.md"),
        ("**/docs/*.md", "docs/a.md"),
        ("**/docs/*.md", "x/y/docs/a.md"),
        ("a/**/b", "a/b"),
        ("a/**/b", "a/x/y/b"),
        ("**", "anything/at/all"),
        ("[a-c]?.txt", "bx.txt"),
        ("[!a-c].txt", "d.txt"),
        ("[^a].txt", "b.txt"),
        ("a[]]b", "a]b"),
        (r"\*.md", "*.md"),
        ("a[.md", "a[.md"),
        ("*.instructions.md", ".github/x.instructions.md"),
        ("name\nwith newline", "name\nwith newline"),
        ("*.md", "odd\udcff.md"),
    ],
)
def test_glob_matches(glob: str, path: str) -> None:
    assert matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*.md", "a.MD"),
        ("*.md", "a.md/b"),
        ("/CLAUDE.md", "docs/CLAUDE.md"),
        ("docs/*.md", "docs/deep/a.md"),
        ("docs/*.md", "src/docs/a.md"),
        ("docs/**", "docs"),
        ("docs/", "docs"),
        ("a/**/b", "a/xb"),
        ("a?b", "a/b"),
        ("a[!x]b", "a/b"),
        ("[b-a].txt", "a.txt"),
        ("{a,b}.md", "a.md"),
        ("!a.md", "a.md"),
    ],
)
def test_glob_does_not_match(glob: str, path: str) -> None:
    assert not matches(glob, path)


@given(GLOBS, PATHS)
@example("a/**/a/**/b", "a/a/a/b")
@example("/**/a*b*a", "a/abba")
def test_single_globs_match_as_gitignore_does(glob: str, path: str) -> None:
    """Git ignores what lies below a matched folder too; for us only `/**` or a final slash reaches down there."""
    assume(not glob.endswith("**/"))  # pathspec takes the final slash of `a/**/` for nothing, unlike git
    folders = path.split("/")
    here_or_above = ["/".join(folders[: depth + 1]) for depth in range(len(folders))]
    pattern = GitIgnoreSpecPattern(glob)
    expected = pattern.match_file(path) is not None
    if glob.endswith("/"):
        assert matches(glob, path) == expected
    else:
        assert any(matches(glob, part) for part in here_or_above) == expected


@given(st.lists(GLOBS, max_size=12), PATHS)
def test_many_globs_match_as_each_alone(globs: list[str], path: str) -> None:
    alone = tuple(index for index, glob in enumerate(globs) if re.compile(translate(glob), re.DOTALL).match(path))
    assert matcher(globs)(path) == alone


@pytest.mark.parametrize("glob", ["**/a*" * 30, "**/" * 60 + "b", "*a" * 100 + "b", "a/**/" * 40 + "x", "[a-a]*" * 80])
def test_hostile_globs_end(glob: str) -> None:
    """These would take longer than the universe has had with plain backtracking."""
    assert not matches(glob, "/".join(["a" * 50] * 60) + "/c")


def test_a_path_is_answered_the_same_twice() -> None:
    matching = matcher(["*.md", "docs/**"])
    assert matching("docs/a.md") == matching("docs/a.md") == (0, 1)
