"""What change a CI run is about, which policy it is judged by, and how reports tell of it."""

import os
from argparse import Namespace
from collections.abc import Sequence

from byline.commands.judge import Judge, judge_by
from byline.commands.policy_source import PolicyText, find_policy_text
from byline.errors import UnreadableInput, UsageError
from byline.policy.load import find_policy
from byline.policy.notices import Notice
from byline.providers import detect
from byline.providers.change import Change, Environment
from byline.providers.event_file import LARGEST_EVENT
from byline.reporters.interface import ChangeNote
from byline.repository.change_range import ChangeRange, Located
from byline.repository.endpoints import Endpoints, Kind
from byline.repository.fetch_history import Remote
from byline.repository.location import Repository
from byline.repository.revisions import peel
from byline.repository.tip_files import FileWithheld, TipFiles

_LONGEST_TEXT = 1 << 20
_MOST_NOTICES = 5
_UNKNOWN = "no CI system was recognised, so the checked out branch is compared with the default branch"


def change_here(options: Namespace, environ: Environment) -> Change:
    """The change that the options name, else the one of the CI system. Raises UsageError and UnreadableInput."""
    for name in ("base", "head", "target"):
        _refuse_no_name(name, getattr(options, name))
    change: Change | None = None
    try:
        change = detect(environ, _read)
    except UnreadableInput:
        if options.base is None:
            raise
    if change is None:
        warnings = () if options.base else (_UNKNOWN,)
        change = Change("", Endpoints(Kind.BRANCH), "", warnings=warnings)
    change = _as_asked(change, options)
    text, cut = change.text, change.text_cut
    if options.pr_body is not None:
        data = _read(options.pr_body)
        if data is None:
            raise UnreadableInput(f"the description {options.pr_body} cannot be read", "Name a readable file.")
        text, cut = data.decode("utf-8", "surrogateescape"), False
    if text is not None and len(text) > _LONGEST_TEXT:
        text, cut = text[:_LONGEST_TEXT], True
    return change._replace(text=text, text_cut=cut)


def _as_asked(change: Change, options: Namespace) -> Change:
    """With --base, --head and --target, which beat whatever the CI system says."""
    asked = change.endpoints
    if options.base is not None:
        kind = Kind.REQUEST if asked.kind is Kind.BRANCH else asked.kind
        kind = Kind.PUSH if kind in (Kind.TAG, Kind.SINGLE, Kind.QUEUE, Kind.DELETION) else kind
        head = "HEAD" if asked.kind is Kind.DELETION else asked.head or "HEAD"
        asked = Endpoints(kind, head, options.base, named=True)
        asked = asked._replace(target=change.endpoints.target, default=change.endpoints.default)
    if options.head is not None:
        asked = asked._replace(head=options.head, merge="")
    if options.target is not None:
        asked = asked._replace(target=options.target.removeprefix("refs/heads/"), target_named=True)
        if asked.kind is Kind.BRANCH:
            asked = asked._replace(kind=Kind.REQUEST)
    return change._replace(endpoints=asked)


def _refuse_no_name(option: str, value: str | None) -> None:
    """Each of the options names one commit or branch."""
    if value is None:
        return
    what = "branch" if option == "target" else "commit"
    if not value.strip() or "\n" in value:
        raise UsageError(f"--{option} {value!r} names no {what}", f"Name one, or leave --{option} out.")
    if ".." in value:
        raise UsageError(
            f"--{option} takes one {what}, and {value} is a range",
            "Name the commit before the change with --base and its last commit with --head.",
        )


def _read(path: str) -> bytes | None:
    """A file that a variable or an option names; never a device or a pipe, and no more than is needed to refuse it."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return file.read(LARGEST_EVENT + 1)
    except (OSError, ValueError):
        return None


def target_policy(repository: Repository, located: Located, option: str | None, remote: Remote) -> Judge:
    """The judge with the policy that counts: of `--policy`, or of the commit that stands where the change goes.

    What a partial clone lacks of it is fetched. Raises PolicyError, CatalogueError and what reading the policy raises.
    """
    try:
        return _target_policy(repository, located, option)
    except FileWithheld as withheld:
        remote.fill([sha for sha in peel(repository, [withheld.tip]).values() if sha])
    return _target_policy(repository, located, option)


def _target_policy(repository: Repository, located: Located, option: str | None) -> Judge:
    if option is not None:
        return judge_by(find_policy_text(repository, option), long_run=True)
    with TipFiles(repository) as files:
        tip = located.policy_at

        def read(name: str) -> bytes | None:
            return files.read(tip, name)

        found = find_policy(read) if tip else None
        return judge_by(None if found is None else PolicyText(*found, read), long_run=True)


def change_note(change: Change, located: Located, span: ChangeRange, of_policy: Sequence[Notice]) -> ChangeNote:
    """The change as reports tell of it, with what is worth knowing of its policy."""
    more = [f"and {len(of_policy) - _MOST_NOTICES} more of these"] if len(of_policy) > _MOST_NOTICES else []
    return ChangeNote(
        change.system,
        change.endpoints.kind,
        span.base,
        span.head,
        located.why,
        change.number,
        change.title,
        located.target,
        (*change.warnings, *located.notes, *map(str, of_policy[:_MOST_NOTICES]), *more),
    )
