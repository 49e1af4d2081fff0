"""The pre-push hook: judge the commits that the push would add to the other side."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from byline.commands.judge import Judge
from byline.commands.noted_evidence import with_notes
from byline.commands.stages.client import judge_commits
from byline.commands.stages.removed_marks import watch_push
from byline.commands.stages.sharing import NotesOfPush
from byline.errors import EXIT_OK
from byline.model import Commit, Place
from byline.reporters.closing import Closing
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.push_updates import RefUpdate, commits_to_push, read_updates
from byline.repository.revisions import resolve_commit
from byline.repository.search import Search


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge what every ref of the push adds: new branches, updates, tags; deletions add nothing."""
    environ = os.environ
    remote = environ.get("PRE_COMMIT_REMOTE_NAME", "") if _framework(environ) else "".join(arguments[:1])
    notes: list[NotesOfPush] = []

    def commits(repository: Repository, search: Search) -> Iterator[Commit]:
        updates = _framework_updates(repository, environ) if _framework(environ) else read_updates(sys.stdin.buffer)
        return walk(repository, commits_to_push(repository, remote, updates), search)

    def watch(repository: Repository, judge: Judge, commits: Iterable[Commit]) -> Iterator[Commit]:
        notes.append(NotesOfPush(repository, remote))
        # notes come last: what anybody may have written there must not answer for a mark that was removed
        return notes[0].passing(with_notes(repository, judge, Place.PUSH, watch_push(repository, judge, commits)))

    code = judge_commits(
        lambda repository, _until_done: partial(commits, repository),
        Place.PUSH,
        policy,
        Closing("this push", advice="nothing was pushed; git rebase -i lets you put older commits right"),
        watch=watch,
    )
    if notes and code == EXIT_OK:
        notes[0].send()
    return code


def _framework(environ: Mapping[str, str]) -> bool:
    """Whether pre-commit or prek runs us: they read git's lines themselves and name one ref in the environment."""
    return environ.get("PRE_COMMIT") == "1"


def _framework_updates(repository: Repository, environ: Mapping[str, str]) -> tuple[RefUpdate, ...]:
    """The one ref that the framework names; a root commit comes without a start, a run by hand with nothing."""
    branch = environ.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD"
    tip = environ.get("PRE_COMMIT_TO_REF") or branch
    start = environ.get("PRE_COMMIT_FROM_REF")
    return (
        RefUpdate(
            local_ref=branch,
            local_sha=resolve_commit(repository, tip),
            remote_ref=environ.get("PRE_COMMIT_REMOTE_BRANCH") or branch,
            remote_sha=resolve_commit(repository, start) if start else repository.zero,
        ),
    )
