"""`byline annotate`: write notes on commits that exist, or show how their messages should read."""

from collections.abc import Iterator, Sequence

from byline.actions.disclose_in_message import amend_message
from byline.check import examine
from byline.commands.arguments import Parser, add_place, add_policy
from byline.commands.judge import Judge, prepare_judge
from byline.commands.known_environment import with_own_notes
from byline.commands.notes import annotate, send
from byline.errors import EXIT_OK
from byline.model import Commit, Place
from byline.reporters.notices import say, tell
from byline.reporters.words import counted
from byline.repository.discovery import discover
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.message_file import Cleanup
from byline.repository.revisions import select_commits
from byline.repository.shared_notes import Shared, find_remote

_SUMMARY = "Write a note on each commit: what was found and what the policy makes of it. History stays as it is."
_EXAMPLES = """\
examples:
  byline annotate main..feature             then read the notes: git log --notes=byline
  byline annotate HEAD --message            print how the message should read
  byline annotate HEAD --message | git commit --amend -F -
"""


def run(arguments: Sequence[str]) -> int:
    """Write notes, or print messages. Returns the exit code, 0 whatever the policy makes of the commits."""
    parser = Parser("annotate", _SUMMARY, _EXAMPLES)
    parser.add_argument("revisions", nargs="+", metavar="REVISION", help="a range such as main..feature, or one commit")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--message", action="store_true", help="write nothing; print the messages as the policy wants them"
    )
    way.add_argument("--push", metavar="REMOTE", help="then send the notes to a remote, on top of those it has")
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    add_policy(parser, "judge by this one (default: the repository's own)")
    add_place(parser)
    options = parser.parse_args(arguments)
    repository = discover(options.repo)
    judge = prepare_judge(repository, options.policy, long_run=True)
    commits = walk(repository, select_commits(repository, options.revisions), judge.detection.search)
    if options.message:
        _print_messages(list(_messages(judge, commits)))
        return EXIT_OK
    _write_notes(repository, judge, commits, Place(options.place or Place.PUSH), options.push)
    return EXIT_OK


def _write_notes(
    repository: Repository, judge: Judge, commits: Iterator[Commit], place: Place, remote: str | None
) -> None:
    to = remote and Shared(find_remote(repository, remote), judge.policy.notes.ref)
    reports = examine(with_own_notes(repository, judge, place, commits), judge.detection, judge.policy, place)
    shas, left = annotate(repository, judge, reports)
    if not shas:
        say("no notes written: there is no commit in this range")
        return
    others = f"; {counted(left, 'note')} of others left as {'it is' if left == 1 else 'they are'}" if left else ""
    name = judge.policy.notes.ref.removeprefix("refs/notes/")
    say(f"{counted(len(shas) - left, 'note')} written{others}; read them with: git log --notes={name}")
    if to:
        sent = send(repository, to, shas)
        say(
            f"{counted(sent, 'note')} sent to {to.ref} of {to.remote}"
            if sent
            else f"{to.remote} has these notes already"
        )


def _messages(judge: Judge, commits: Iterator[Commit]) -> Iterator[tuple[Commit, str]]:
    stored = Cleanup("#", drops_comments=False, cuts_at_scissors=False)
    for commit in commits:
        text = commit.message or ""
        amended = amend_message(text, stored, commit, judge.detection.detect, judge.policy, add=True)
        yield commit, amended.text


def _print_messages(messages: Sequence[tuple[Commit, str]]) -> None:
    """One message as it is, to be piped on; of several those that change, each below the id of its commit."""
    if len(messages) == 1:
        say(messages[0][1])
        return
    changed = [f"commit {commit.sha}\n\n{text}" for commit, text in messages if text != commit.message]
    for number, text in enumerate(changed):
        say(f"\n{text}" if number else text)
    if not messages:
        tell("there is no commit in this range")
    elif not changed:
        tell(f"none of the {len(messages)} messages needs changing")
