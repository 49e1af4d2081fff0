"""Repositories made from a seed, through `git fast-import`: the same ones on every machine."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

_WORDS = ("value", "index", "buffer", "result", "state", "entry", "node", "parse", "read", "write", "open", "lock")
_PEOPLE = ("Ada Lovelace <ada@example.org>", "Claude Shannon <claude@example.org>", "Grace Hopper <grace@example.org>")


def history(directory: Path, commits: int, *, files: int = 200, lines: int = 120, seed: int = 1) -> Path:
    """A bare repository with a linear history in which each commit changes a few lines of one or two files."""
    chance = random.Random(seed)
    contents = {f"src/part{number % 17}/file{number}.c": _content(chance, lines) for number in range(files)}

    def stream() -> Iterator[str]:
        for number in range(commits):
            touched = list(contents) if not number else chance.sample(list(contents), chance.randint(1, 2))
            for path in touched if number else ():
                contents[path][chance.randrange(lines)] = _line(chance)
            message = f"Change {number}\n\n{' '.join(chance.choices(_WORDS, k=30))}\n\nSigned-off-by: {_PEOPLE[0]}\n"
            yield _commit(number, chance.choice(_PEOPLE), message, {path: "".join(contents[path]) for path in touched})

    return _import(directory, stream())


def one_commit(directory: Path, files: int, *, lines: int = 20, seed: int = 1) -> Path:
    """A bare repository whose second commit adds so many files."""
    chance = random.Random(seed)

    def stream() -> Iterator[str]:
        yield _commit(0, _PEOPLE[0], "Begin\n", {"README": "A repository.\n"})
        added = {f"d{number % 97}/f{number}.c": "".join(_content(chance, lines)) for number in range(files)}
        yield _commit(1, _PEOPLE[0], "Add files\n", added)

    return _import(directory, stream())


def _import(directory: Path, stream: Iterator[str]) -> Path:
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(directory)], check=True)
    process = subprocess.Popen(["git", f"--git-dir={directory}", "fast-import", "--quiet"], stdin=subprocess.PIPE)
    with process.stdin as pipe:
        for part in stream:
            pipe.write(part.encode())
    if process.wait():
        raise RuntimeError("git fast-import failed")
    subprocess.run(["git", f"--git-dir={directory}", "repack", "-adq"], check=True)
    return directory


def _commit(number: int, person: str, message: str, files: dict[str, str]) -> str:
    when = 1_500_000_000 + 600 * number
    parts = [
        f"commit refs/heads/main\nauthor {person} {when} +0000\ncommitter {person} {when} +0000\n",
        f"data {len(message.encode())}\n{message}\n",
    ]
    parts += [f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n" for path, text in files.items()]
    return "".join(parts)


def _content(chance: random.Random, lines: int) -> list[str]:
    return [_line(chance) for _ in range(lines)]


def _line(chance: random.Random) -> str:
    return f"    {' '.join(chance.choices(_WORDS, k=chance.randint(3, 9)))} = {chance.randrange(10**6)};\n"
