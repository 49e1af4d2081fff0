"""Pushes of so many commits that two processes judge them."""

import time

import pytest

from server.gate import EVIL, TRAILER, Gate

INJECTED = """import os, signal, sys, time
import byline.commands.stages.second_process as second
second._work = lambda *arguments: {instead}
from byline.cli import main
sys.exit(main(['hook', 'pre-receive']))
"""


def crowd(gate: Gate, number: int, evil: dict[int, str]) -> list[str]:
    """Commits on top of main, oldest first, some with another message."""
    stream = ["reset refs/heads/crowd\nfrom refs/heads/main\n"]
    for at in range(number):
        text = evil.get(at, f"Change {at}\n")
        who = f"committer Ada <ada@example.com> {1_700_000_000 + at} +0000"
        file = f"M 100644 inline f{at % 50}.py\ndata 9\nx = {at:05}\n"
        stream.append(f"commit refs/heads/crowd\n{who}\ndata {len(text.encode())}\n{text}\n{file}")
    gate.client.git("fast-import", "--quiet", feed="".join(stream).encode())
    return gate.client.git("rev-list", "--reverse", "main..crowd").split()


def inject(gate: Gate, instead: str) -> None:
    code = gate.server.path / "injected.py"
    code.write_text(INJECTED.format(instead=instead))
    hook = gate.server.path / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\nexec {gate.python} -I {code}\n")


def test_every_commit_is_judged_and_told_in_order(gate):
    shas = crowd(gate, 900, {at: f"Evil {at}\n\n{TRAILER}\n" for at in (5, 449, 451, 890)})
    done = gate.push("crowd:main")
    assert done.returncode != 0
    event = gate.last()
    assert (event["counts"]["judged"], event["counts"]["blocked"], event["counts"]["ok"]) == (900, 4, 896)
    assert [one["sha"] for one in event["commits"]] == [shas[at] for at in (890, 451, 449, 5)]
    assert f"git rebase -i {shas[5][:10]}^" in done.stderr


def test_a_clean_crowd_passes(gate):
    shas = crowd(gate, 900, {})
    assert gate.push("crowd:main").returncode == 0
    assert gate.has(shas[-1])


def branches(gate: Gate, number: int, step: str, evil: int = -1) -> str:
    """A commit on each of so many branches; the id of the violating one."""
    stream = []
    for at in range(number):
        text = f"Evil\n\n{TRAILER}\n" if at == evil else f"{step} {at}\n"
        stream.append(f"commit refs/heads/b{at}\ncommitter Ada <ada@example.com> 1700000000 +0000\n")
        stream.append(f"data {len(text)}\n{text}\nfrom refs/heads/{'main' if step == 'first' else f'b{at}'}^0\n")
    gate.client.git("fast-import", "--quiet", feed="".join(stream).encode())
    return gate.client.git("rev-parse", f"b{max(evil, 0)}")


def test_a_thousand_branches_that_move_are_judged_in_one_go(gate):
    branches(gate, 1000, "first")
    assert gate.push("refs/heads/b*:refs/heads/b*").returncode == 0
    shown = ("--quiet", "refs/heads/b*:refs/heads/b*")
    sha = branches(gate, 1000, "second", evil=617)
    assert gate.push(*shown).returncode != 0
    event = gate.last()
    assert (event["counts"]["judged"], event["counts"]["blocked"]) == (1000, 1)
    assert event["commits"][0]["sha"] == sha
    assert len(event["refs"]) == 1000
    gate.client.git("branch", "--force", "b617", "b617~1")
    assert gate.push(*shown).returncode == 0
    assert gate.last()["counts"]["judged"] == 999


@pytest.mark.parametrize(
    "instead",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os._exit(0)",
        "os._exit(1)",
        "os.write(arguments[2], b'x') and os._exit(0)",
    ],
    ids=["killed", "gone", "failed", "babbling"],
)
def test_a_second_process_that_does_not_end_well_refuses_the_push(gate, instead):
    inject(gate, instead)
    shas = crowd(gate, 700, {650: EVIL})
    done = gate.push("crowd:main")
    assert done.returncode != 0
    assert not gate.has(shas[0])
    assert gate.last()["exit"] == 3 or gate.last()["counts"]["blocked"]


def test_a_second_process_that_hangs_is_ended_at_the_deadline(gate):
    inject(gate, "time.sleep(100)")
    gate.configure("byline.deadline", "3")
    shas = crowd(gate, 700, {})
    started = time.monotonic()
    assert gate.push("crowd:main").returncode != 0
    assert time.monotonic() - started < 60
    assert not gate.has(shas[0])


def test_what_cannot_be_read_in_the_second_process_is_not_clean(gate):
    """The blob of an early commit is taken away before byline looks."""
    crowd(gate, 700, {})
    gate.configure("receive.unpackLimit", "10000")
    blob = gate.client.git("rev-parse", "crowd~690:f9.py")
    hook = gate.server.path / "hooks" / "pre-receive"
    hook.write_text(hook.read_text().replace("exec ", f'rm -f "$GIT_OBJECT_DIRECTORY"/{blob[:2]}/{blob[2:]}\nexec '))
    assert gate.push("crowd:main").returncode != 0
    assert gate.last()["exit"] == 3
