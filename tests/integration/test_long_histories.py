"""A long history is examined in several processes, and its report is the one that a single process gives."""

import json

import pytest

from integration.clone import Clone, Programs

COMMITS = 1_900
MARKED = 130
"""One commit in so many carries a mark, so that each batch of commits holds some and none begins with one."""


@pytest.fixture(scope="module")
def long_history(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Clone:
    clone = Clone.begin(tmp_path_factory.mktemp("long") / "clone", programs)
    stream = []
    for number in range(1, COMMITS + 1):
        trailer = "\n\nCo-Authored-By: Claude <noreply@anthropic.com>" if number % MARKED == 7 else ""
        text = f"x = {number}\n" + ("# Generated with Claude Code\n" if number % MARKED == 50 else "")
        message = f"Change {number}{trailer}\n".encode()
        stream.append(
            f"commit refs/heads/long\ncommitter Ada <ada@example.org> {1_700_000_000 + number} +0000\n"
            f"data {len(message)}\n{message.decode()}M 100644 inline f{number % 40}.py\ndata {len(text)}\n{text}\n"
        )
    clone.git("fast-import", "--quiet", feed="".join(stream).encode())
    return clone


@pytest.mark.parametrize("jobs", ["2", "3", "8"])
def test_more_processes_report_the_same(long_history: Clone, jobs: str) -> None:
    reports = []
    for number in ("1", jobs):
        ended = long_history.attempt("byline", "scan", "long~1899..long", "--format", "json", "--jobs", number)
        reports.append(json.loads(ended.out)["commits"])
    one, several = reports
    assert len(one) == COMMITS - 1
    assert [commit["sha"] for commit in one] == [commit["sha"] for commit in several]
    assert sum(len(commit["findings"]) for commit in one) >= 2 * (COMMITS // MARKED)
    assert one == several


def test_a_commit_that_is_missing_is_told_by_whichever_process_meets_it(long_history: Clone) -> None:
    shas = long_history.git("rev-list", "long").split()
    shas[len(shas) // 2] = "1" * 40
    ended = long_history.attempt("byline", "scan", "--stdin", "--format", "json", "--jobs", "3", feed="\n".join(shas))
    assert ended.code == 3
    (unread,) = [commit for commit in json.loads(ended.out)["commits"] if commit.get("unread")]
    assert unread["sha"] == "1" * 40
