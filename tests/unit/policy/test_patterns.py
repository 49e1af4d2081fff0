"""Patterns over files and people."""

import pytest

from byline.policy.path_sets import PATH_SETS, built_in_sets
from byline.policy.patterns import path_test, person_test, wildcard


@pytest.mark.parametrize(
    ("patterns", "inside", "outside"),
    [
        (["docs/**"], ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]),
        (["docs"], ["docs", "docs/a", "x/docs/a"], ["adocs/a"]),
        (["third_party/lib"], ["third_party/lib/x.c"], ["x/third_party/lib/x.c"]),
        (["*.md"], ["a.md", "x/y.md"], ["a.mdx"]),
        (["**/testsuite/**"], ["gcc/testsuite/a.c", "testsuite/a"], ["gcc/a.c"]),
        (["src/**", "!src/gen/**"], ["src/a.c"], ["src/gen/a.c", "a.c"]),
        (["src/**", "!src/gen/**", "src/gen/keep.c"], ["src/gen/keep.c"], ["src/gen/a.c"]),
        ([], [], ["a"]),
        (["@docs", "!README.md"], ["docs/a.md"], ["README.md", "a.c"]),
    ],
)
def test_paths(patterns: list[str], inside: list[str], outside: list[str]) -> None:
    test = path_test(patterns, built_in_sets())
    assert [path for path in inside if not test(path)] == []
    assert [path for path in outside if test(path)] == []


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("code", ["src/a.py", "a.c", "x/Makefile", "CMakeLists.txt", "t/a.rs", "A.java"], ["a.md", "a.json", "a.png"]),
        ("docs", ["docs/a", "README.md", "man/byline.1", "LICENSE", "a/b.rst"], ["src/a.py", "a.json"]),
        ("tests", ["tests/a.py", "test_a.py", "pkg/a_test.go", "web/a.test.ts", "x/testsuite/a.c"], ["src/attest.py"]),
        ("media", ["a.png", "x/y.svg", "f.woff2"], ["a.py", "png"]),
        ("vendored", ["vendor/a.go", "x/node_modules/y/z.js", "third_party/a"], ["src/vendor.py"]),
        ("generated", ["Cargo.lock", "a.min.js", "x/a.pb.go"], ["Cargo.toml", "a.js"]),
    ],
)
def test_named_sets_mean_what_the_reference_says(name: str, inside: list[str], outside: list[str]) -> None:
    test = built_in_sets()[name]
    assert [path for path in inside if not test(path)] == []
    assert [path for path in outside if test(path)] == []


def test_no_pattern_of_a_set_is_written_twice() -> None:
    for path_set in PATH_SETS.values():
        assert len(set(path_set.patterns)) == len(path_set.patterns)


@pytest.mark.parametrize(
    ("pattern", "name", "email", "expected"),
    [
        ("*@x.org", "Ada", "ada@x.org", True),
        ("*@x.org", "Ada", "ada@x.org.evil.net", False),
        ("*@X.ORG", "Ada", "ADA@x.org", True),
        ("*@x.org", "ada@x.org", "mallory@evil.net", False),
        ("r-ryantm <*>", "r-ryantm", "bot@x.org", True),
        ("r-ryantm <*>", "r-ryantm2", "bot@x.org", False),
        ("dependabot[bot]", "dependabot[bot]", "1+dependabot[bot]@x.org", True),
        ("Ada", "Ada", "a@x", True),
        ("Ada", "Adam", "a@x", False),
        ("@core", "Ada", "ada@core.x", True),
        ("@core", "Eve", "eve@x", False),
    ],
)
def test_people(pattern: str, name: str, email: str, expected: bool) -> None:
    assert person_test([pattern], {"core": ["*@core.x"]})(name, email) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("", "", True),
        ("*", "", True),
        ("a*b*c", "aXbYc", True),
        ("a*b*c", "aXbY", False),
        ("?", "", False),
        ("release/*", "release/1.0", True),
        ("a" + "*a" * 30 + "b", "a" * 5000, False),
    ],
)
def test_wildcards(pattern: str, text: str, expected: bool) -> None:
    assert wildcard(pattern, text) is expected
