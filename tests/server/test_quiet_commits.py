"""Commits that change no file: git has nothing to say about them, and nobody may wait for it."""

import os
import subprocess
import sys
from pathlib import Path

import byline

WALK = """
import sys
from byline.repository.discovery import discover
from byline.repository.history import walk
from byline.repository.search import Search
search = Search(lambda data: [], lambda data: [], lambda path: False)
shas = sys.stdin.read().split()
repository = discover(sys.argv[1])
for _ in range(40):
    assert sum(1 for _ in walk(repository, shas, search)) == len(shas)
"""


def test_many_commits_without_changes_are_walked_again_and_again(repository):
    tree = repository.tree(())
    tip = repository.raw_commit(tree)
    shas = [tip]
    for number in range(150):
        tip = repository.raw_commit(tree, [tip], b"Change %d\n" % number)
        shas.append(tip)
    done = subprocess.run(
        [sys.executable, "-c", WALK, str(repository.path)],
        input="\n".join(shas), text=True, capture_output=True, check=False, timeout=100,
        env={"PYTHONPATH": str(Path(byline.__file__).parents[1]), "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
