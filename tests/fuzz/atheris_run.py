"""Coverage-guided fuzzing of the parsers, with atheris (https://github.com/google/atheris), for a bounded time.

    pip install atheris                                        Linux and macOS; not a dependency of the tests
    python tests/fuzz/atheris_run.py [--seconds N] [PARSER]... default: 60 seconds for each of all parsers

Each parser runs in a process of its own. Its corpus grows in tests/fuzz/corpus/PARSER, which git ignores, so that a
later run goes on where an earlier one ended. Input that makes a parser fail is put into tests/fuzz/cases/PARSER: name
it after what it shows, mend the parser, and the tests run it ever after. Ends with exit code 1 when there is any.
"""

import argparse
import hashlib
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

LONGEST_INPUT = 4096
SLOWEST_INPUT = 10
"""Seconds that an input of this length may take; more is a failure."""


def fuzz(name: str, seconds: int) -> int:
    """Fuzz one parser in this process. Does not return: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["byline", "unidiff"]):
        from byline.errors import BylineError
        from fuzz.fragments import FRAGMENTS, USUAL_FRAGMENTS
        from fuzz.targets import TARGETS
    corpus = FOLDER / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus.parent / ".gitignore").write_text("*\n")
    for fragment in FRAGMENTS.get(name, USUAL_FRAGMENTS):
        (corpus / hashlib.sha256(fragment).hexdigest()[:16]).write_bytes(fragment)
    dictionary = corpus.parent / f"{name}.dict"
    words = ["".join(f"\\x{byte:02x}" for byte in word[:60]) for word in FRAGMENTS.get(name, USUAL_FRAGMENTS)]
    dictionary.write_text("".join(f'"{word}"\n' for word in words if word))
    cases = FOLDER / "cases" / name
    cases.mkdir(parents=True, exist_ok=True)

    def once(data: bytes) -> None:
        with suppress(BylineError):
            TARGETS[name](data)

    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}", f"-timeout={SLOWEST_INPUT}", "-rss_limit_mb=2048",
        f"-dict={dictionary}", f"-artifact_prefix={cases}/", "-print_final_stats=1", str(corpus), str(cases),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()
    return 0


def main() -> int:
    """Fuzz the parsers that the command line names, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("parsers", nargs="*", metavar="PARSER")
    options = parser.parse_args()
    if options.here:
        return fuzz(options.parsers[0], options.seconds)
    from fuzz.targets import TARGETS

    unknown = set(options.parsers) - set(TARGETS)
    if unknown:
        parser.error(f"there is no parser {', '.join(sorted(unknown))}; there are: {', '.join(TARGETS)}")
    failed = []
    for name in options.parsers or TARGETS:
        command = [sys.executable, __file__, "--here", "--seconds", str(options.seconds), name]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        executed = [line.split()[-1] for line in done.stderr.split("\n") if "number_of_executed_units" in line]
        outcome = "failed" if done.returncode else "ended well"
        print(f"{name:<16} {executed[0] if executed else '-':>10} inputs  {outcome}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-3000:], done.stderr[-1000:])
    for folder in (FOLDER / "cases").glob("*"):
        if not any(folder.iterdir()):
            folder.rmdir()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
