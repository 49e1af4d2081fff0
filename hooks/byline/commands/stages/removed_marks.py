"""At a push: commits whose earlier version carried an AI mark that they lack, and commits that no hook has seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from byline.actions.passed_commits import digest, remembered
from byline.catalogue.builtin import MARK_REMOVED, UNSEEN
from byline.model import Commit, Confidence, Finding
from byline.repository.ancestry import ancestry
from byline.repository.commit_object import parse_commit
from byline.repository.configuration import read_configuration
from byline.repository.earlier_versions import left_behind, patch_ids, reflog, trees
from byline.repository.object_reader import ObjectReader

if TYPE_CHECKING:
    from byline.commands.judge import Judge
    from byline.repository.location import Repository

_LONGEST = 1 << 16


def watch_push(repository: "Repository", judge: "Judge", commits: Iterable[Commit]) -> Iterable[Commit]:
    """The commits with what their earlier versions and the private record say of them."""
    evidence = judge.policy.evidence
    marked = _marked_before(repository, judge) if evidence.removed[0] != "off" and judge.file else {}
    looks_for_unseen = evidence.unseen[0] != "off"
    if not marked and not looks_for_unseen:
        return commits
    pushed = list(commits)
    shas = [commit.sha for commit in pushed if commit.sha]
    behind = left_behind(repository, marked, shas)
    marked = {sha: findings for sha, findings in marked.items() if sha in behind}
    tree_of = trees(repository, [*shas, *marked])
    if looks_for_unseen:
        pushed = _with_unseen(repository, pushed, tree_of)
    return _with_removed(repository, judge, pushed, marked, tree_of)


def _marked_before(repository: "Repository", judge: "Judge") -> dict[str, Sequence[Finding]]:
    """The commits of the reflog with sure marks in message or identity."""
    found: dict[str, Sequence[Finding]] = {}
    with ObjectReader(repository) as reader:
        for raw in reader.read(reflog(repository), limit=_LONGEST):
            if raw.kind == "commit" and raw.data is not None:
                findings = judge.detection.detect(parse_commit(raw.oid, raw.data))
                sure = [finding for finding in findings if finding.confidence is not Confidence.HINT]
                if sure:
                    found[raw.oid] = sure
    return found


def _with_removed(
    repository: "Repository",
    judge: "Judge",
    pushed: Sequence[Commit],
    marked: Mapping[str, Sequence[Finding]],
    tree_of: Mapping[str, str],
) -> Iterator[Commit]:
    if not marked:
        yield from pushed
        return
    earlier = _earlier_versions(repository, pushed, marked, tree_of)
    for commit in pushed:
        named = {finding.tool for finding in judge.detection.detect(commit)}
        for old in earlier.get(commit.sha or "", ()):
            gone = [finding for finding in marked[old] if finding.tool not in named]
            named |= {finding.tool for finding in gone}
            commit = commit._replace(noticed=(*commit.noticed, *(_removed(old, finding) for finding in gone)))
        yield commit


def _earlier_versions(
    repository: "Repository", pushed: Sequence[Commit], marked: Iterable[str], tree_of: Mapping[str, str]
) -> dict[str, list[str]]:
    """Commit to those of the marked ones whose change it makes: the same patch, or one that ends in the same tree.

    A tree alone tells little: a revert has that of the commit before, and a commit that changes nothing its parent's.
    """
    shas = [commit.sha for commit in pushed if commit.sha]
    patches = patch_ids(repository, [*shas, *marked])
    alike = {sha: [old for old in marked if _same(tree_of, sha, old) or _same(patches, sha, old)] for sha in shas}
    alike = {sha: olds for sha, olds in alike.items() if olds}
    if not alike:
        return {}
    history = ancestry(repository, {*alike, *(old for olds in alike.values() for old in olds)})
    return {
        sha: [old for old in olds if _same(patches, sha, old) or history.replaces(sha, old)]
        for sha, olds in alike.items()
        if not history.restores(sha)
    }


def _same(value_of: Mapping[str, str], one: str, other: str) -> bool:
    return one in value_of and value_of[one] == value_of.get(other)


def _removed(old: str, finding: Finding) -> Finding:
    mark = MARK_REMOVED
    return Finding(mark.id, finding.tool, mark.surface, mark.shows, mark.confidence, f"{old[:10]} had: {finding.text}")


def _with_unseen(repository: "Repository", pushed: Sequence[Commit], tree_of: Mapping[str, str]) -> list[Commit]:
    """Own commits that are not in the private record are said to be unseen; those of others never are."""
    seen = remembered(repository.common_dir)
    own = read_configuration(repository).committer.email
    return [
        commit._replace(noticed=(*commit.noticed, _UNSEEN))
        if commit.committer.email == own
        and len(commit.parents) < 2
        and digest(tree_of.get(commit.sha or "", ""), commit.message or "") not in seen
        else commit
        for commit in pushed
    ]


_UNSEEN = Finding(UNSEEN.id, "byline", UNSEEN.surface, UNSEEN.shows, UNSEEN.confidence, "not in this clone's record")
