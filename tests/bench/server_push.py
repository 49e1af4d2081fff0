"""How long the server's hook takes for pushes of real histories, as a ratio to `git log -p -U0` of the same commits.

    python tests/bench/server_push.py --python PYTHON HISTORY [HISTORY ...] [--commits 1,100,1000,10000] [--rounds 3]
    python tests/bench/server_push.py --python PYTHON --blob 500
    python tests/bench/server_push.py --python PYTHON --concurrent 50

PYTHON has byline installed; HISTORY is a bare repository. Hook time is what the decision log says: from the start of
the process to its end. Memory is the greatest of the hook process and its git processes, each by itself.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

ENVIRONMENT = os.environ | {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
}  # fmt: skip
HOOK = """#!/bin/sh
ulimit -n 1024
exec {time} {python} -I -m byline hook pre-receive
"""
POLICY = '[policy]\nai = "deny"\n'


def git(directory: Path, *arguments: str, feed: bytes | None = None) -> str:
    """What git prints."""
    command = ["git", "-C", str(directory), *arguments]
    return subprocess.run(command, input=feed, env=ENVIRONMENT, check=True, capture_output=True).stdout.decode().strip()


def server(folder: Path, python: str, deadline: float) -> Path:
    """An empty repository whose pre-receive hook notes its memory."""
    repository = folder / "server.git"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(repository))
    (folder / "policy.toml").write_text(POLICY)
    git(repository, "config", "byline.policy", str(folder / "policy.toml"))
    git(repository, "config", "byline.deadline", str(deadline))
    git(repository, "config", "byline.onError", "allow")
    hook = repository / "hooks" / "pre-receive"
    measured = f"/usr/bin/time -f %M -o {folder}/memory" if Path("/usr/bin/time").exists() else ""
    hook.write_text(HOOK.format(time=measured, python=python))
    hook.chmod(0o755)
    return repository


def push(source: Path, repository: Path, *what: str) -> dict:
    """Push, whatever the verdict; the logged event."""
    command = ["git", "-C", str(source), "push", "--quiet", str(repository), *what]
    subprocess.run(command, env=ENVIRONMENT, check=False, capture_output=True)
    return json.loads((repository / "byline" / "decisions.jsonl").read_text().splitlines()[-1])


def history(source: Path, python: str, count: int, rounds: int) -> None:
    """Push the newest `count` commits of a history on top of what is before them."""
    commits = git(source, "rev-list", "--first-parent", "HEAD").split()
    low, high = 0, len(commits) - 1
    while low < high:
        middle = (low + high) // 2
        inside = int(git(source, "rev-list", "--count", f"{commits[middle]}..HEAD"))
        low, high = (middle + 1, high) if inside < count else (low, middle)
    base = commits[low]
    times, logs, memory, judged = [], [], [], 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            repository = server(folder, python, 600)
            (repository / "objects" / "info" / "alternates").unlink(missing_ok=True)
            hook = repository / "hooks" / "pre-receive"
            hook.rename(folder / "hook")
            git(source, "push", "--quiet", str(repository), f"{base}:refs/heads/main")
            (folder / "hook").rename(hook)
            event = push(source, repository, "HEAD:refs/heads/main")
            times.append(event["seconds"])
            judged = event["counts"]["judged"]
            if (folder / "memory").exists():
                memory.append(int((folder / "memory").read_text().split()[-1]) / 1024)
            # the same commits as the server stores them, once they are in
            git(repository, "config", "byline.exclude", "refs/all/*")
            push(source, repository, "HEAD:refs/all/tip")
            started = time.perf_counter()
            with open(os.devnull, "w") as sink:
                command = ["git", "-C", str(repository), "log", "-p", "-U0", f"{base}..refs/all/tip"]
                subprocess.run(command, stdout=sink, env=ENVIRONMENT, check=True)
            logs.append(time.perf_counter() - started)
    hook_time, log_time = median(times), median(logs)
    bar = 0.6 * log_time + 0.2
    print(
        f"{source.parent.name:<20}{judged:>7,} commits  hook {hook_time:6.2f} s  git log -p -U0 {log_time:6.2f} s"
        f"  ratio {hook_time / log_time:6.2f}  bar {bar:6.2f} s  {'holds' if hook_time <= bar else 'MISSED'}"
        f"  memory {max(memory, default=0):.0f} MB", flush=True,
    )  # fmt: skip


def blob(python: str, megabytes: int) -> None:
    """Push one commit with one large file of random bytes, and one of text."""
    for kind in ("random", "text"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            repository = server(folder, python, 600)
            work = folder / "work"
            git(folder, "init", "--quiet", str(work))
            with open(work / "large", "wb") as file:
                line = b"".join(b"line %d of a large text file, nothing to see\n" % at for at in range(20_000))
                left = megabytes << 20
                while left > 0:
                    file.write((os.urandom(1 << 20) if kind == "random" else line)[:left])
                    left -= 1 << 20 if kind == "random" else len(line)
            git(work, "add", "large")
            git(work, "commit", "--quiet", "-m", "Large")
            event = push(work, repository, "HEAD:refs/heads/main")
            started = time.perf_counter()
            subprocess.run(
                ["git", "-C", str(work), "cat-file", "blob", "HEAD:large"], stdout=subprocess.DEVNULL, check=True
            )
            reading = time.perf_counter() - started
            memory = (folder / "memory").read_text().split()[-1] if (folder / "memory").exists() else "0"
            print(
                f"one {megabytes} MB blob, {kind:<8} hook {event['seconds']:.2f} s  git cat-file {reading:.2f} s"
                f"  ratio {event['seconds'] / reading:.2f}  memory {int(memory) / 1024:.0f} MB"
                f"  ({event['outcome']}, {event['counts']['judged']} judged)", flush=True,
            )  # fmt: skip


def concurrent(python: str, number: int) -> None:
    """Push to as many branches at once, every third push with a violating commit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        repository = server(folder, python, 60)
        clones = []
        for at in range(number):
            clone = folder / f"clone{at}"
            git(folder, "init", "--quiet", "--initial-branch=main", str(clone))
            message = f"Change {at}\n" + ("\nCo-authored-by: Claude <noreply@anthropic.com>\n" if at % 3 == 0 else "")
            git(clone, "commit", "--quiet", "--allow-empty", "-m", message)
            clones.append(clone)
        started = time.perf_counter()

        def one(at: int) -> int:
            command = ["git", "-C", str(clones[at]), "push", "--quiet", str(repository), f"HEAD:refs/heads/b{at}"]
            return subprocess.run(command, env=ENVIRONMENT, check=False, capture_output=True).returncode

        with ThreadPoolExecutor(number) as pool:
            codes = list(pool.map(one, range(number)))
        took = time.perf_counter() - started
        events = [json.loads(line) for line in (repository / "byline" / "decisions.jsonl").read_text().splitlines()]
        wrong = sum((code != 0) != (at % 3 == 0) for at, code in enumerate(codes))
        print(
            f"{number} pushes at once: {took:.1f} s in all, hook median {median(e['seconds'] for e in events):.2f} s,"
            f" slowest {max(e['seconds'] for e in events):.2f} s; {len(events)} log lines, {wrong} wrong verdicts"
        )


def main() -> None:
    """Print one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("histories", nargs="*", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--commits", default="1,100,1000,10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--blob", type=int, metavar="MB")
    parser.add_argument("--concurrent", type=int, metavar="N")
    options = parser.parse_args()
    for source in options.histories:
        for count in map(int, options.commits.split(",")):
            history(source, options.python, count, options.rounds)
    if options.blob:
        blob(options.python, options.blob)
    if options.concurrent:
        concurrent(options.python, options.concurrent)


if __name__ == "__main__":
    main()
