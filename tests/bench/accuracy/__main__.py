"""How often byline is wrong on real histories: marks that cannot be true, and marks that it misses.

    .venv/bin/python tests/bench/accuracy precision REPOSITORY ...   commits from before there was any AI agent
    .venv/bin/python tests/bench/accuracy recall REPOSITORY ...      commits that people have labelled
    .venv/bin/python tests/bench/accuracy suspects REPOSITORY ...    commits that name a tool and carry no mark

REPOSITORY is a clone or a bare mirror; nothing of it is kept here but commit ids. `recall` looks the labels up in
labels.tsv under owner/name, which it takes from the folder (`owner+name`, or the last two components of the path);
write NAME=PATH for another one. Everything that somebody has to look at is listed, one line each.

Ends with exit code 1 when a bar is missed: a certain or likely finding in the old commits, or less than 99 of 100
labelled marks found under the right name.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from precision import BEFORE, precision
from recall import LABELS, recall
from repositories import Named, named
from suspects import suspects


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="tests/bench/accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("measure", choices=("precision", "recall", "suspects"))
    parser.add_argument("repositories", nargs="+", type=named, metavar="[NAME=]REPOSITORY")
    parser.add_argument("--before", default=BEFORE, metavar="DATE", help="what is old (default: %(default)s)")
    parser.add_argument("--labels", type=Path, default=LABELS, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=1, help="processes for one scan (default: %(default)s)")
    options = parser.parse_args(argv)
    repositories: list[Named] = options.repositories
    if options.measure == "precision":
        return precision(repositories, options.before, options.jobs)
    if options.measure == "recall":
        return recall(repositories, options.labels, options.jobs)
    return suspects(repositories, options.before, options.jobs)


if __name__ == "__main__":
    sys.exit(main())
