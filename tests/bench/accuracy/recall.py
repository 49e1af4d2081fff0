"""Recall: commits that people have labelled by reading them, held against what byline finds."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from repositories import Named, scan

LABELS = Path(__file__).with_name("labels.tsv")
NONE = "none"
_BAR = 0.99


class Label(NamedTuple):
    """A commit, a tool whose mark a person has seen in it, and where; tool `none`: there is no such mark."""

    repository: str
    sha: str
    tool: str
    surface: str


def read_labels(path: Path) -> list[Label]:
    """The rows of the file: repository, sha, tool and surface between tabs. Lines with `#` are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Label(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def recall(repositories: list[Named], labels_file: Path, jobs: int) -> int:
    """Print recall by tool and surface, what was taken for what, and every disagreement."""
    labels = read_labels(labels_file)
    score = Score()
    for repository in repositories:
        wanted: dict[str, list[Label]] = defaultdict(list)
        for label in labels:
            if label.repository.lower() == repository.name.lower():
                wanted[label.sha].append(label)
        for commit in scan(repository.path, wanted, jobs):
            sure = [finding for finding in commit["findings"] if finding["confidence"] != "hint"]
            score.add(wanted[commit["sha"]], sure)
    return score.tell()


class Score:
    """What was found of the labels so far."""

    def __init__(self) -> None:
        self._by_tool: dict[str, Counter[str]] = defaultdict(Counter)
        self._by_surface: dict[str, Counter[str]] = defaultdict(Counter)
        self._confusion: Counter[tuple[str, str]] = Counter()
        self._innocent = 0
        self._beyond = 0

    def add(self, labels: Sequence[Label], sure: Sequence[Mapping[str, Any]]) -> None:
        """Count one commit, and print where label and findings differ."""
        seen = {finding["tool"] for finding in sure}
        expected = {label.tool for label in labels} - {NONE}
        self._innocent += not expected
        for label in labels:
            if label.tool != NONE:
                said = "found" if label.tool in seen else "missed"
                self._by_tool[label.tool][said] += 1
                self._by_surface[label.surface][said] += 1
                if said == "missed":
                    self._confusion[label.tool, ", ".join(sorted(seen)) or "nothing"] += 1
                    print(
                        f"  missed: {label.repository} {label.sha} {label.tool} ({label.surface}); found {sorted(seen)}"
                    )
        for finding in sure:
            if finding["tool"] not in expected:
                self._beyond += 1
                print(f"  beyond: {labels[0].repository} {labels[0].sha} {finding['mark']}: {finding['text'][:120]!r}")

    def tell(self) -> int:
        """Print the tables. Returns the exit code."""
        _table("tool", self._by_tool)
        _table("surface", self._by_surface)
        for (tool, seen), count in self._confusion.most_common():
            print(f"{tool} taken for {seen}: {count}")
        found = sum(counts["found"] for counts in self._by_tool.values())
        total = sum(counts.total() for counts in self._by_tool.values())
        print(f"\n{found} of {total} labelled marks found, {self._beyond} findings beyond the labels;")
        print(f"{self._innocent} of the commits are labelled as without any mark")
        return 0 if total and found >= _BAR * total else 1


def _table(title: str, counts: dict[str, Counter[str]]) -> None:
    print(f"\n{title:<24} {'labelled':>9} {'found':>6} {'recall':>8}")
    for name, said in sorted(counts.items()):
        print(f"{name:<24} {said.total():>9} {said['found']:>6} {said['found'] / said.total():>8.1%}")
