"""Compare the findings of `byline scan` with those of a plain reference, on real histories.

    python tests/equivalence/real_history.py [--commits N] [--seed N] [--jobs N] PATH...

PATH is a repository, bare or not. The newest N commits of HEAD and N others of its history are compared (default
1,000 each), merges and all. The reference asks git for each commit by itself, reads its whole diff with unidiff and
gives all of it to the detectors; `byline scan` is started as a program. Marks of tools are rare in most histories, so
both also look for tools whose marks are frequent words in lines and messages, frequent trailers, addresses and paths.

Of a mark that is found more often in a file than is reported, only that it is counts. Contents in UTF-16 are counted
and not compared: a diff shows them as they are stored, and byline decodes them. A commit is not compared when byline
says that it could not read all of it, or when git cannot print its diff.

Ends with exit code 1 when anything differs, with a line for each difference.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from byline.commands.judge import prepare_search  # noqa: E402
from byline.detectors import Detection  # noqa: E402
from byline.detectors.lines import MOST_PER_FILE  # noqa: E402
from byline.model import Finding  # noqa: E402
from byline.reporters.json_text import json_text  # noqa: E402
from byline.repository.discovery import discover  # noqa: E402
from byline.repository.long_lines import LONGEST_LINE  # noqa: E402
from equivalence.reference import git, plain_commit  # noqa: E402

IN_LINES = (
    "copyright", "todo:", "fixme", "license", "return", "import", "deprecated", "include", "static", "struct", "self.",
    "tests", "error", "https", "option", "warning", "default", "value", "github", "buffer",
)  # fmt: skip
IN_MESSAGES = (
    "fixes",
    "regression",
    "merge",
    "commit",
    "this patch",
    "because",
    "should",
    "revert",
    "cleanup",
    "closes",
)
TRAILERS = ("reviewed-by", "acked-by", "helped-by", "reported-by", "tested-by", "closes", "fixes", "bug", "cc")
ADDRESSES = ("*@gmail.com", "*@users.noreply.github.com", "*@redhat.com", "*@samba.org", "*@haxx.se", "*@pobox.com")
PATHS = ("**/Makefile", "**/*.md", "**/*.rst", "**/test*/**", "**/*.h", "**/*.yml")

Key = tuple[object, ...]
"""What makes two findings the same: everything but the number of a line in a file, which a diff in pieces lacks."""


def policy() -> str:
    """Tools whose marks are frequent."""
    rows: list[tuple[str, str]] = [("line", f'pattern = "{word}"\nneedle = "{word}"') for word in IN_LINES]
    rows += [("message", f'pattern = "{word}"\nneedle = "{word}"') for word in IN_MESSAGES]
    rows += [("trailer", f'key = "{key}"\nvalue = ".*"') for key in TRAILERS]
    rows += [("identity", f'email = "{address}"') for address in ADDRESSES]
    rows += [("path", f'path = "{glob}"') for glob in PATHS]
    text = '[define.frequent]\nname = "Frequent"\nhosting = "local"\n'
    for number, (surface, match) in enumerate(rows):
        head = f'id = "frequent.{surface}-{number}"\nsurface = "{surface}"\nconfidence = "likely"\nshows = "generated"'
        text += f"[[define.frequent.mark]]\n{head}\n{match}\n"
    return text


class Tally(NamedTuple):
    """What was compared in one repository."""

    commits: int = 0
    merges: int = 0
    with_findings: int = 0
    findings: int = 0
    in_lines: int = 0
    of_tools: int = 0
    utf16: int = 0
    unread: int = 0
    differences: int = 0


def chosen(git_dir: str, count: int, seed: int) -> list[str]:
    """The newest commits, and as many others, chosen by the seed."""
    shas = git(git_dir, "rev-list", "HEAD").decode().split()
    older = shas[count:]
    return shas[:count] + random.Random(seed).sample(older, min(count, len(older)))


def scanned(path: str, policy_file: Path, shas: Sequence[str], jobs: int) -> Iterator[Mapping[str, object]]:
    """What `byline scan` reports of each commit."""
    command = [sys.executable, "-P", "-m", "byline", "scan", "--repo", path, "--policy", str(policy_file), "--stdin",
               "--format", "jsonl", "--jobs", str(jobs)]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}
    with tempfile.TemporaryFile() as report:
        done = subprocess.run(command, env=environment, input="\n".join(shas).encode(), stdout=report, check=False)
        if done.returncode not in (0, 3):
            raise SystemExit(f"byline scan ended with {done.returncode}")
        report.seek(0)
        for line in report:
            yield json.loads(line)


def compare(path: str, policy_file: Path, shas: Sequence[str], jobs: int) -> Tally:
    """Program and reference side by side; prints each difference."""
    repository = discover(path)
    detection = prepare_search(repository, str(policy_file))[1]
    total = Tally()
    reports = scanned(path, policy_file, shas, jobs)
    for sha, report in zip(shas, reports, strict=True):
        assert report["sha"] == sha
        found = _compare_commit(repository.git_dir, report, detection)
        total = Tally(*(a + b for a, b in zip(total, found, strict=True)))
    return total


def _compare_commit(git_dir: str, report: Mapping[str, object], detection: Detection) -> Tally:
    sha = str(report["sha"])
    unread = report.get("unread")
    try:
        commit = plain_commit(git_dir, sha, detection.search)
    except subprocess.CalledProcessError:
        unread = unread or ["git cannot print its diff"]
    if unread:
        print(f"  {sha}: not compared: {unread}"[:200])
        return Tally(commits=1, unread=1)
    rows = report["findings"]
    assert isinstance(rows, list)
    long = {json_text(line.path) for line in commit.added_lines if len(line.text) > LONGEST_LINE // 2}
    ours = _counted((_key(row) for row in rows), long)
    theirs = _counted(map(_key_of, detection.detect(commit)), long)
    differing = {key: (ours[key], theirs[key]) for key in ours.keys() | theirs.keys() if ours[key] != theirs[key]}
    utf16 = {path for path in {str(key[4]) for key in differing} if _is_utf16(git_dir, sha, path)}
    differences = {key: counts for key, counts in differing.items() if str(key[4]) not in utf16}
    for key, (our, their) in differences.items():
        print(f"  {sha}: byline {our}, reference {their}: {key}"[:400])
    return Tally(
        commits=1,
        merges=int(len(commit.parents) > 1),
        with_findings=int(bool(theirs)),
        findings=theirs.total(),
        in_lines=sum(count for key, count in theirs.items() if key[1] == "line"),
        of_tools=sum(count for key, count in theirs.items() if not str(key[0]).startswith("frequent")),
        utf16=len(utf16),
        differences=len(differences),
    )


def _key_of(one: Finding) -> Key:
    path = None if one.path is None else json_text(one.path)
    line = one.line if path is None else None
    kind = (one.mark, one.surface.value, one.shows.value, one.confidence.value)
    return (*kind, path, json_text(one.text), line)


def _key(row: Mapping[str, object]) -> Key:
    line = row["line"] if row["path"] is None else None
    return (row["mark"], row["surface"], row["shows"], row["confidence"], row["path"], row["text"], line)


def _counted(keys: Iterable[Key], long: set[str]) -> Counter[Key]:
    """How often each is found; just that it is, where more are found than told or where lines come in pieces."""
    counts = Counter(keys)
    in_file: Counter[Key] = Counter()
    for key, count in counts.items():
        in_file[key[0], key[4]] += count
    counted: Counter[Key] = Counter()
    for key, count in counts.items():
        if key[1] == "line" and (in_file[key[0], key[4]] == MOST_PER_FILE or key[4] in long):
            counted[(*key[:5], "", None)] = 1
        else:
            counted[key] = count
    return counted


def _is_utf16(git_dir: str, sha: str, path: str) -> bool:
    for revision in (sha, f"{sha}^1", f"{sha}^2"):
        command = ["git", f"--git-dir={git_dir}", "cat-file", "blob", f"{revision}:{path}"]
        if subprocess.run(command, capture_output=True, check=False).stdout.startswith((b"\xff\xfe", b"\xfe\xff")):
            return True
    return False


def main() -> int:
    """Compare all repositories that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    os.environ["GIT_NO_LAZY_FETCH"] = "1"
    differences = 0
    print(f"{'repository':<40} {' '.join(f'{name:>13}' for name in Tally._fields)} {'seconds':>8}")
    with tempfile.TemporaryDirectory() as folder:
        policy_file = Path(folder) / "byline.toml"
        policy_file.write_text(policy())
        for path in options.paths:
            start = time.monotonic()
            shas = chosen(discover(path).git_dir, options.commits, options.seed)
            tally = compare(path, policy_file, shas, options.jobs)
            seconds = time.monotonic() - start
            print(f"{path[-40:]:<40} {' '.join(f'{number:>13,}' for number in tally)} {seconds:>8.0f}", flush=True)
            differences += tally.differences
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
