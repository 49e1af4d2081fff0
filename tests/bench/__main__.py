"""Measure byline beside git and its peers, in one run.

    python3 tests/run.py --bench REPOSITORY ...          everything; clones of large public histories
    python3 tests/run.py --bench --quick                 generated repositories only, few rounds

Every figure is a median of paired rounds; ratios are what to compare between machines.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from growth import more_commits, more_files, more_marks
from histories import compare_with_git_log
from hooks import compare_hooks
from table import Row, print_table, write_json


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables and write them as JSON."""
    parser = argparse.ArgumentParser(
        prog="tests/bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("repositories", nargs="*", type=Path, metavar="REPOSITORY", help="a clone or a bare mirror")
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    parser.add_argument("--rounds", type=int, default=7, help="rounds that are counted (default: %(default)s)")
    parser.add_argument("--output", type=Path, default=Path("bench-results/results.json"), metavar="FILE")
    parser.add_argument("--only", choices=("histories", "hooks", "commits", "files", "marks"), action="append")
    options = parser.parse_args(argv)
    rounds = 3 if options.quick else options.rounds
    few = max(3, rounds // 2)
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as folder:
        scratch = Path(folder)
        measures = {
            "histories": lambda: [
                row
                for repository in options.repositories
                for row in compare_with_git_log(repository.resolve(), (2_000, 20_000), few)
            ],
            "hooks": lambda: compare_hooks(scratch, 3 * rounds),
            "commits": lambda: more_commits(
                scratch, (10, 100, 1_000) if options.quick else (10, 100, 1_000, 10_000, 100_000), few
            ),
            "files": lambda: more_files(scratch, (1, 100) if options.quick else (1, 10, 100, 1_000, 10_000), few),
            "marks": lambda: more_marks(scratch, (50, 500, 5_000), few),
        }
        tables: dict[str, Sequence[Row]] = {}
        for title, measure in measures.items():
            if options.only and title not in options.only:
                continue
            tables[title] = measure()
            print_table(title, tables[title])
    write_json(options.output, tables)
    print(f"\nwritten to {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
