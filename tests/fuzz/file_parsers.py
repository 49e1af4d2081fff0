"""Parsers of files and of git's listings, as functions from bytes. Each ends well or with BylineError."""

import re
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import pairwise

from byline.actions.commit_record import parse_record, with_earlier
from byline.catalogue.load import load_catalogue
from byline.catalogue.patterns import LONGEST_LINE
from byline.catalogue.safe_patterns import danger
from byline.detectors.config_errors import UnreadableError
from byline.detectors.config_files import parse
from byline.model import ConfigFile, FileChange
from byline.providers import PROVIDERS, detect
from byline.providers.event_file import parse_event
from byline.repository.commit_object import parse_commit
from byline.repository.line_counts import parse_numbers
from byline.repository.tree_changes import parse_changes
from fuzz.parsers import detection

VARIABLES = (
    "GITHUB_EVENT_NAME", "GITHUB_REF", "GITHUB_SHA", "GITHUB_BASE_REF", "GITHUB_HEAD_REF", "CI_COMMIT_SHA",
    "CI_COMMIT_BEFORE_SHA", "CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_LABELS",
    "CI_PIPELINE_SOURCE", "BITBUCKET_COMMIT", "BITBUCKET_BRANCH", "BITBUCKET_PR_ID", "BUILD_REASON",
    "BUILD_SOURCEBRANCH", "BUILD_SOURCEVERSION", "SYSTEM_PULLREQUEST_PULLREQUESTID", "GIT_COMMIT", "CHANGE_ID",
    "CHANGE_TARGET", "BRANCH_NAME", "CIRCLE_SHA1", "CIRCLE_BRANCH", "CIRCLE_PULL_REQUEST", "BUILDKITE_COMMIT",
    "BUILDKITE_PULL_REQUEST", "BUILDKITE_BRANCH", "DRONE_COMMIT", "DRONE_COMMIT_BEFORE", "TRAVIS_COMMIT_RANGE",
    "TRAVIS_PULL_REQUEST", "APPVEYOR_REPO_COMMIT", "ZUUL_CHANGE", "GERRIT_CHANGE_COMMIT_MESSAGE",
    "GERRIT_PATCHSET_REVISION", "GERRIT_BRANCH", "ghprbPullId", "sha1", "gitlabMergeRequestIid",
)  # fmt: skip
SLOWEST_PATTERN = 5
"""Seconds that an expression may take which byline lets pass; it bounds the ways of matching, not their number."""


def event(data: bytes) -> None:
    """The payload of an event, as every system reads one."""
    found = parse_event(data, "event.json")
    for path in (("pull_request",), ("pull_request", "head", "sha"), ("commits",), ("number",)):
        found.text(*path)
        found.number(*path)
        found.objects(*path)
    for system in ("GITHUB_ACTIONS", "FORGEJO_ACTIONS"):
        for name in ("pull_request", "push", "merge_group", "workflow_dispatch"):
            environ = {system: "1", "GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": "x", "GITHUB_SHA": "1" * 40}
            _read(environ, data)


def ci_variables(data: bytes) -> None:
    """Lines: the values of variables that CI systems set, from the one on that the first byte says."""
    first = data[0] if data else 0
    values = data[1:].decode("utf-8", "surrogateescape").split("\n")
    names = VARIABLES[first % len(VARIABLES) :] + VARIABLES[: first % len(VARIABLES)]
    said = {name: value.replace("\0", "") for name, value in zip(names, values, strict=False)}
    for variable, _ in PROVIDERS:
        _read(said | {variable: "1"}, data)


def _read(environ: Mapping[str, str], file: bytes) -> None:
    from byline.errors import BylineError

    with suppress(BylineError):
        change = detect(environ, lambda _path: file)
        assert change is None or "\n" not in change.endpoints.target


def record(data: bytes) -> None:
    """What a git note holds, which anyone may have written."""
    parse_record(data)
    with_earlier(data, data)


def config_file(data: bytes) -> None:
    """The first byte says which format."""
    endings = ("toml", "json", "jsonc", "yaml", "yml", "md")
    path = f"a.{endings[data[0] % len(endings) if data else 0]}"
    with suppress(UnreadableError):
        parse(path, data[1:])


def configs(data: bytes) -> None:
    """Configuration of tools before and after a commit, around a NUL."""
    before, _, after = data.partition(b"\0")
    commit = parse_commit("1" * 40, b"tree " + b"1" * 40 + b"\n\nx\n")
    for path in (".claude/settings.json", ".aider.conf.yml", ".codex/config.toml", ".vscode/settings.json", "x.md"):
        file = ConfigFile(path, before or None, after)
        detection().detect(commit._replace(changes=(FileChange(path, "M"),), configs=(file,)))


def definitions(data: bytes) -> None:
    """Tools that a policy defines."""
    with suppress(ValueError, RecursionError):
        table = tomllib.loads(data.decode("utf-8", "replace"))
        load_catalogue([("byline.toml", 1, {"id": "x"} | table)])


def pattern(data: bytes) -> None:
    """An expression that is let pass is quick on the longest text that it is tried on; a text follows in a new line."""
    expression, _, text = data.decode("utf-8", "replace").partition("\n")
    if danger(expression):
        return
    compiled = re.compile(expression, re.IGNORECASE)
    begun = time.process_time()
    for piece in (text or "a", expression, "a", "aA \t"):
        compiled.search((piece * LONGEST_LINE)[:LONGEST_LINE] + "\x01")
    assert time.process_time() - begun < SLOWEST_PATTERN


def raw_diff(data: bytes) -> None:
    """Paths as `git diff-tree -z` prints them among its records."""
    paths = [path for path in data.split(b"\0") if path]
    one = b":100644 100755 " + b"1" * 40 + b" " + b"2" * 40 + b" M\0"
    merged = b"::100644 000000 100644 " + b" ".join([b"1" * 40, b"0" * 40, b"2" * 40]) + b" MA\0"
    raw = b"".join((merged if number % 2 else one) + path + b"\0" for number, path in enumerate(paths))
    found = [change.path.encode("utf-8", "surrogateescape") for change in parse_changes(raw)]
    assert found == paths


def numbers(data: bytes) -> None:
    """Paths as `git diff-tree -z --numstat` prints them: alone, and in pairs where a file was renamed."""
    paths = list(dict.fromkeys(path for path in data.split(b"\0") if path))
    lines = b"".join(b"%d\t2\t%s\0" % (number, path) for number, path in enumerate(paths))
    found = parse_numbers(lines + b"--end\n")
    assert [path.encode("utf-8", "surrogateescape") for path in found] == paths
    renamed = b"".join(b"-\t-\t\0%s\0%s\0" % pair for pair in pairwise(paths))
    assert set(parse_numbers(renamed + b"--end\n").values()) <= {None}


FILE_PARSERS: dict[str, Callable[[bytes], None]] = {
    parser.__name__: parser
    for parser in (event, ci_variables, record, config_file, configs, definitions, pattern, raw_diff, numbers)
}
