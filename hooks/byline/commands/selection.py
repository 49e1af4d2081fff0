"""From the options of `scan` and `check` to the commits they mean."""

import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence

from byline.check import examine
from byline.commands.examination import Examination, examine_history, usual_jobs
from byline.errors import NotARepository, UnreadableInput, UsageError
from byline.model import Commit, CommitReport, Place
from byline.repository.discovery import discover
from byline.repository.location import Repository
from byline.repository.search import Search

_FULL_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.IGNORECASE)


def check_choice(options: Namespace) -> None:
    """Raise UsageError when the options ask for two things at once."""
    chosen = [
        name
        for name, is_set in (
            ("REVISION", bool(options.revisions)),
            ("--all", options.all),
            ("--stdin", options.stdin),
            ("--staged", options.staged),
            ("--message", options.message is not None),
            ("--patch", options.patch is not None),
        )
        if is_set
    ]
    if len(chosen) > 1 and chosen != ["--staged", "--message"]:
        raise UsageError(
            f"{' and '.join(chosen)} cannot be combined",
            "Choose one of them; only --staged and --message go together.",
        )


def open_repository(options: Namespace) -> Repository | None:
    """The repository, or None where there is none and none is needed (a message or a patch alone)."""
    alone = options.patch is not None or (options.message is not None and not options.staged)
    return repository_if_any(options.repo) if alone else discover(options.repo)


def repository_if_any(directory: str | None) -> Repository | None:
    """The repository of the directory, which must be one when it was named; else the one around, if there is one."""
    try:
        return discover(directory)
    except NotARepository:
        if directory is not None:
            raise
        return None


def usual_place(options: Namespace) -> Place:
    """Where the commits would be judged: at the commit while they are not made yet, else at the push."""
    if options.place is not None:
        return Place(options.place)
    return Place.COMMIT if options.staged or options.message is not None else Place.PUSH


def examined(
    options: Namespace,
    repository: Repository | None,
    here: Examination,
    elsewhere: Callable[[], Examination],
    baseline: Sequence[str] = (),
) -> Iterator[CommitReport]:
    """The commits that the options mean, examined as they are asked for. Raises what reading them raises.

    History that the commits of `baseline` reach is left out. `elsewhere` makes the examination in further processes.
    """
    if repository is not None and _in_history(options):
        shas = _ids(options, repository, baseline)
        return examine_history(repository, shas, here, elsewhere, options.jobs or usual_jobs())
    return examine(_by_hand(options, repository, here.detection.search), here.detection, here.policy, here.place)


def _in_history(options: Namespace) -> bool:
    return options.patch is None and options.message is None and not options.staged


def _by_hand(options: Namespace, repository: Repository | None, search: Search) -> Iterator[Commit]:
    """What is not a commit yet."""
    if options.patch is not None:
        return _in_patch(options.patch, search)
    if options.message is not None and not options.staged:
        from byline.repository.configuration import read_configuration
        from byline.repository.message_file import message_commit

        settings = {} if repository is None else read_configuration(repository).settings
        return iter([message_commit(options.message, settings)])
    if repository is None:  # open_repository has raised in this case
        raise NotARepository("there is no Git repository here", "Name one with --repo DIR.")
    from byline.repository.pending import pending_commit

    return iter([pending_commit(repository, search, message_file=options.message)])


def _in_patch(path: str, search: Search) -> Iterator[Commit]:
    from byline.repository.patch_input import commits_in_patch

    if path == "-":
        yield from commits_in_patch(sys.stdin.buffer, "standard input", search)
        return
    try:
        with open(path, "rb") as file:
            yield from commits_in_patch(file, path, search)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}", "Check its name and permissions.") from error


def _ids(options: Namespace, repository: Repository, baseline: Sequence[str]) -> Iterator[str]:
    if options.stdin:
        return _ids_on_stdin()
    from byline.repository.revisions import select_commits

    return select_commits(
        repository,
        options.revisions,
        every_ref=options.all,
        head_history=not (options.all or options.revisions),
        without=baseline,
    )


def _ids_on_stdin() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        word = line.strip()
        if word and not _FULL_ID.fullmatch(word):
            shown = word[:80].decode(errors="surrogateescape")
            raise UnreadableInput(
                f"line {number} of standard input is not a full commit id: {shown}",
                "git rev-list and git log --format=%H print full ids.",
            )
        if word:
            yield word.decode("ascii").lower()
