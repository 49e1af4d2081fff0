"""Reads git notes. Format: https://git-scm.com/docs/git-notes"""

from collections.abc import Iterable, Iterator

from byline.repository.location import Repository
from byline.repository.object_reader import ObjectReader
from byline.repository.run_git import git_answers

LONGEST_NOTE = 1 << 20
"""Bytes of a note that is read."""


def read_notes(repository: Repository, ref: str, shas: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Those of the commits that have a note, with its bytes. Nothing where there is no such notes ref."""
    listed = git_answers(repository, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", ref)
    if not listed:
        return
    notes: dict[str, str] = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        words = about.split()
        if len(words) == 3 and words[1] == b"blob":
            notes[path.replace(b"/", b"").decode("ascii", "replace")] = words[2].decode("ascii")
    wanted = [sha for sha in shas if sha in notes]
    with ObjectReader(repository) as reader:
        found = reader.read([notes[sha] for sha in wanted], limit=LONGEST_NOTE)
        for sha, raw in zip(wanted, found, strict=True):
            if raw.data is not None:
                yield sha, raw.data
