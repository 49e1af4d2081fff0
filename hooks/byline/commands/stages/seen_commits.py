"""Keeps the private record of the commits that byline's hooks have seen."""

from collections.abc import Iterable

from byline.actions.passed_commits import digest, remember, remembered
from byline.model import Commit
from byline.repository.commit_object import parse_commit
from byline.repository.earlier_versions import trees
from byline.repository.location import Repository
from byline.repository.object_reader import ObjectReader
from byline.repository.run_git import git_output

_LONGEST = 1 << 20


def note_as_seen(repository: Repository, commit: Commit) -> None:
    """Remember the commit that git is about to make. Raises RepositoryError and OSError."""
    tree = git_output(repository, "write-tree").decode("ascii").strip()
    remember(repository.common_dir, [digest(tree, commit.message or "")])


def carry_over_seen(repository: Repository, rewritten: Iterable[tuple[str, str]]) -> None:
    """What took the place of a commit that was seen counts as seen."""
    pairs = list(rewritten)
    shas = list(dict.fromkeys(sha for pair in pairs for sha in pair))
    tree_of = trees(repository, shas)
    seen = remembered(repository.common_dir)
    digests = {}
    with ObjectReader(repository) as reader:
        for raw in reader.read(shas, limit=_LONGEST):
            if raw.kind == "commit" and raw.data is not None:
                message = parse_commit(raw.oid, raw.data).message or ""
                digests[raw.oid] = digest(tree_of.get(raw.oid, ""), message)
    remember(repository.common_dir, [digests[new] for old, new in pairs if digests.get(old) in seen and new in digests])
