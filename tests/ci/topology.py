"""One remote repository that holds every shape a change can have, and clones of it as CI systems make them.

    m1 - m2 - m3 - m4                      main; the tag v1 (annotated) is m3, v1-light is m2
          |     \\     \\
          |      \\     merge, queue        refs/pull/7/merge and a merge queue's branch: m4 with f3
          |       s2 - s3                  synced: s1, then main merged into it (s2), then s3
          f1 - f2 - f3                     feature, refs/pull/7/head, refs/merge-requests/7/head; f1 carries a mark
          f1 - f2 - r3                     rewritten feature: r3 in place of f3
          t1                               the tag v2 (annotated), on no branch
          g1 - g2                          refs/changes/21/4321/2: two reviewed commits on top of each other
    o1 - o2                                orphan, with a root of its own
    n1                                     what a repository of its own holds, that the remote never saw
"""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from real_git import RealRepository

MARK = "Add the parser\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n"
POLICY = 'version = 1\n[policy]\nai = "allow"\n'
GONE = "dead" * 10


class Remote(NamedTuple):
    """A repository to clone, and the names of its commits."""

    path: Path
    names: Mapping[str, str]


class Builder:
    """Makes named commits."""

    def __init__(self, path: Path) -> None:
        self.repository = RealRepository.create(path)
        self.names: dict[str, str] = {}

    def commit(self, name: str, message: str = "") -> None:
        """A commit with a file of its own."""
        self.names[name] = self.repository.commit(message or f"Change {name}\n", {f"{name}.txt": f"{name}\n"})

    def branch(self, name: str, start: str) -> None:
        """Check out a new branch at a named commit."""
        self.repository.git("checkout", "--quiet", "-b", name, self.names[start])

    def merge(self, name: str, other: str) -> None:
        """Merge a named commit into what is checked out."""
        self.repository.git("merge", "--quiet", "--no-ff", "-m", f"Merge {other}", self.names[other])
        self.names[name] = self.repository.head


def build_remote(path: Path) -> Remote:
    """The repository of the drawing above."""
    made = Builder(path)
    git = made.repository.git
    made.names["m1"] = made.repository.commit("Begin\n", {"byline.toml": POLICY})
    made.commit("m2")
    git("tag", "v1-light")
    made.branch("feature", "m2")
    made.commit("f1", MARK)
    made.commit("f2")
    made.commit("f3")
    git("checkout", "--quiet", "main")
    made.commit("m3")
    git("tag", "-a", "-m", "One", "v1")
    made.commit("m4")
    made.branch("scratch", "m4")
    made.merge("merge", "f3")
    git("update-ref", "refs/pull/7/merge", made.names["merge"])
    made.branch("gh-readonly-queue/main/pr-7", "m4")
    made.merge("queue", "f3")
    for ref in ("refs/pull/7/head", "refs/merge-requests/7/head"):
        git("update-ref", ref, made.names["f3"])
    made.branch("synced", "m2")
    made.commit("s1")
    made.merge("s2", "m3")
    made.commit("s3")
    made.branch("rewritten", "f2")
    made.commit("r3")
    made.branch("tagged", "m2")
    made.commit("t1")
    git("tag", "-a", "-m", "Two", "v2")
    made.branch("reviewed", "m4")
    made.commit("g1")
    made.commit("g2")
    git("update-ref", "refs/changes/21/4321/2", made.names["g2"])
    git("checkout", "--quiet", "--orphan", "orphan")
    made.commit("o1")
    made.commit("o2")
    git("checkout", "--quiet", "main")
    git("branch", "--quiet", "-D", "scratch", "tagged", "reviewed")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    git("config", "uploadpack.allowFilter", "true")
    return Remote(path, made.names)


def clone(remote: Remote, path: Path, plan: Mapping[str, Any]) -> None:
    """A clone as a CI system makes it.

    `fetch` names refs or commits, `depth` how deep (0: all), `tracking` branches that get a remote-tracking ref, `cut`
    commits whose parents are then forgotten, `checkout` what HEAD is detached at, `merge` what is then merged locally,
    `remote = false` forgets where the repository came from, `remote = "broken"` lets it lead nowhere.
    """
    made = RealRepository.create(path)
    made.git("remote", "add", "origin", f"file://{remote.path}")
    depth = [f"--depth={plan['depth']}"] if plan.get("depth") else []
    wants = [named(want, remote.names) for want in plan.get("fetch", ["main"])]
    tracked = [f"+refs/heads/{branch}:refs/remotes/origin/{branch}" for branch in plan.get("tracking", [])]
    filters = [f"--filter={plan['filter']}"] if "filter" in plan else []
    made.git("fetch", "--quiet", "--no-tags", *depth, *filters, "origin", *wants, *tracked)
    if "cut" in plan:
        (path / ".git" / "shallow").write_text("".join(f"{named(cut, remote.names)}\n" for cut in plan["cut"]))
    head = named(plan["checkout"], remote.names)
    made.git("checkout", "--quiet", "--detach", head)
    if "merge" in plan:
        made.git("merge", "--quiet", "--no-ff", "-m", "Merge by the CI system", named(plan["merge"], remote.names))
    if plan.get("remote") is False:
        made.git("remote", "remove", "origin")
    elif plan.get("remote") == "broken":
        made.git("config", "remote.origin.url", f"file://{path}/nowhere")


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with `<m1>` and the like replaced by commit ids."""
    for name, sha in names.items():
        text = text.replace(f"<{name}>", sha)
    return text.replace("<gone>", GONE).replace("<zero>", "0" * 40)


def event_text(event: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """An event file."""
    return named(json.dumps(event), names)


def run_git(path: Path, *arguments: str) -> str:
    """What git prints in a clone."""
    return subprocess.run(["git", *arguments], cwd=path, capture_output=True, text=True, check=True).stdout.strip()
