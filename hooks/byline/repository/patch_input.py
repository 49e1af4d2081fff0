"""Commits from a patch: a plain diff, the output of `git show`, or mails of `git format-patch`.

unidiff parses the diffs. It is fed lines split at LF only, since it would take other line ends for real ones; what it
cannot read is said, never taken for nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from io import StringIO
from typing import NamedTuple

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchedFile, PatchSet

from byline.errors import UnreadableInput
from byline.model import AddedLine, Commit, ConfigFile, FileChange, Identity
from byline.repository.patch_paths import unquoted_path
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers

LARGEST_PATCH = 64 << 20
"""Bytes of a patch that is parsed; the parser needs seventeen bytes of memory for each."""

_MAIL = re.compile(rb"^From [0-9a-f]{40,64} [^\n]*\n", re.MULTILINE)
_SHOWN = re.compile(rb"^commit [0-9a-f]{40,64}(?: [^\n]*)?\n", re.MULTILINE)
_DIFF = re.compile(rb"^(?:diff --git |diff --cc |diff --combined |--- [^\n]*\n\+\+\+ )", re.MULTILINE)
_COMBINED = re.compile(rb"^diff --(?:cc|combined) .*?(?=^diff --|\Z)", re.MULTILINE | re.DOTALL)
_SUBJECT = re.compile(r"^\s*(?:\[[^\]]*\]\s*)+")
_SIGNATURE = re.compile(rb"^-- \n[^\n]*\n*\Z", re.MULTILINE)
_PLUS = re.compile(rb"^\+", re.MULTILINE)
_NOBODY = Identity("", "")


class _Text(NamedTuple):
    """What stands above a diff."""

    message: str
    author: Identity
    sha: str | None


def commits_in_patch(data: bytes, name: str, search: Search) -> Iterator[Commit]:
    """The commits of a patch in the order of the file; `name` is what errors call it.

    Raises UnreadableInput when it holds no diff, is over `LARGEST_PATCH` bytes, or cannot be parsed.
    """
    if len(data) > LARGEST_PATCH:
        raise UnreadableInput(
            f"{name} is over {LARGEST_PATCH >> 20} MiB large", "Apply it in a clone and check the commits instead."
        )
    found = False
    for text, diff in _parts(data):
        found = True
        yield _commit(text, diff, name, search)
    if not found:
        raise UnreadableInput(f"{name} holds no diff", "Make one with `git diff`, `git show` or `git format-patch`.")


def _parts(data: bytes) -> Iterator[tuple[_Text, bytes]]:
    for pattern, read in ((_MAIL, _read_mail), (_SHOWN, _read_shown)):
        starts = [match.start() for match in pattern.finditer(data)]
        if starts and not data[: starts[0]].strip():
            for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
                yield read(data[start:end])
            return
    diff = _DIFF.search(data)
    if diff:
        message = _decoded(data[: diff.start()]).strip("\n")
        yield _Text(message + "\n" if message.strip() else "", _NOBODY, None), data[diff.start() :]


def _read_mail(data: bytes) -> tuple[_Text, bytes]:
    """A mail of `git format-patch`: https://git-scm.com/docs/git-format-patch#_description."""
    first, _, rest = data.partition(b"\n")
    mail = message_from_bytes(rest, policy=policy.default.clone(max_line_length=None))
    content = mail.get_payload(decode=True) if isinstance(mail, EmailMessage) and not mail.is_multipart() else None
    body = content.replace(b"\r\n", b"\n") if isinstance(content, bytes) else rest
    diff = _DIFF.search(body)
    above = _decoded(body[: diff.start()] if diff else body)
    text = re.split(r"^---$", above, maxsplit=1, flags=re.MULTILINE)[0]
    author = _author(str(mail.get("From", "")), str(mail.get("Date", "")))
    inner = re.match(r"From: ([^\n]*)\n\n?", text)
    if inner:
        author = _author(inner[1], "")._replace(when=author.when)
        text = text[inner.end() :]
    subject = _SUBJECT.sub("", " ".join(str(mail.get("Subject", "")).split()))
    message = f"{subject}\n\n{text.strip(chr(10))}".rstrip("\n") + "\n"
    return _Text(message, author, _decoded(first).split()[1]), _SIGNATURE.sub(
        b"", body[diff.start() :] if diff else b""
    )


def _read_shown(data: bytes) -> tuple[_Text, bytes]:
    """What `git show` and `git log -p` print in their medium format."""
    diff = _DIFF.search(data)
    above = _decoded(data[: diff.start()] if diff else data)
    head, _, rest = above.partition("\n\n")
    author = next((line[8:] for line in head.split("\n") if line.startswith("Author: ")), "")
    message = "\n".join(line.removeprefix("    ") for line in rest.split("\n")).strip("\n") + "\n"
    return _Text(message, _author(author, ""), head.split()[1]), data[diff.start() :] if diff else b""


def _author(sender: str, date: str) -> Identity:
    name, email = parseaddr(sender)
    try:
        when = int(parsedate_to_datetime(date).timestamp()) if date else None
    except (ValueError, OverflowError):
        when = None
    return Identity(name, email, when)


def _commit(text: _Text, diff: bytes, name: str, search: Search) -> Commit:
    files, unread = _parsed(diff, name)
    changes: list[FileChange] = []
    added: list[AddedLine] = []
    configs: list[ConfigFile] = []
    retyped = _retyped(files)
    for file in files:
        path = _path(file)
        if not (path in retyped and _is_removed(file)):
            changes.append(FileChange(path, _letter(file, retyped)))
        if file.is_binary_file:
            unread.append(f"{path}: a binary change cannot be searched in a patch")
        elif search.is_config(path) and not _is_removed(file):
            if _is_added(file):
                whole = "".join(line.value for hunk in file for line in hunk if line.is_added)
                configs.append(ConfigFile(path, None, whole.encode("utf-8", "surrogateescape")))
            else:
                unread.append(f"{path}: a patch shows only a part of this configuration file")
        added += _added(file, path, search)
    return Commit(
        sha=text.sha,
        parents=(),
        author=text.author,
        committer=_NOBODY,
        message=text.message,
        trailers=parse_trailers(text.message),
        changes=tuple(changes),
        added_lines=tuple(_without_moved(added, files, retyped)),
        configs=tuple(configs),
        unread=tuple(unread),
        lines_added=sum(file.added for file in files if not file.is_binary_file),
    )


def _parsed(diff: bytes, name: str) -> tuple[list[PatchedFile], list[str]]:
    plain, combined = _COMBINED.subn(b"", diff)
    unread = ["a combined diff of a merge cannot be searched in a patch"] if combined else []
    try:
        # newline="\n" keeps a CR inside a line from ending it
        files = list(PatchSet(StringIO(_decoded(plain), newline="\n")))
    except (UnidiffParseError, UnboundLocalError) as error:
        raise UnreadableInput(
            f"the diff in {name} cannot be parsed: {error}", "Make it anew with `git diff` or `git format-patch`."
        ) from error
    # each file with hunks has one `+++` line
    loose = len(_PLUS.findall(plain)) - sum(file.added + bool(file) for file in files)
    if loose > 0:
        unread.append(f"lines outside of the hunks of the diff look like added ones: {loose:,}")
    return files, unread


def _is_added(file: PatchedFile) -> bool:
    """By the name alone: unidiff also takes a file for new when it was empty before."""
    return bool(file.source_file == "/dev/null")


def _is_removed(file: PatchedFile) -> bool:
    """By the name alone: unidiff also takes a file for deleted when it is emptied."""
    return bool(file.target_file == "/dev/null")


def _path(file: PatchedFile) -> str:
    source, target = unquoted_path(file.source_file), unquoted_path(file.target_file)
    chosen = source if target == "/dev/null" else target
    return re.sub(r"^[ab]/", "", chosen)


def _added(file: PatchedFile, path: str, search: Search) -> Iterator[AddedLine]:
    for hunk in file:
        for line in hunk:
            if line.is_added and search.lines(line.value.encode("utf-8", "surrogateescape")):
                yield AddedLine(path, line.target_line_no or 0, line.value.rstrip("\n"))


def _retyped(files: list[PatchedFile]) -> set[str]:
    """The paths that change their type, as from a file to a link: a diff removes such a path and adds it again."""
    removed = {_path(file) for file in files if _is_removed(file)}
    return {path for path in map(_path, (file for file in files if _is_added(file))) if path in removed}


def _letter(file: PatchedFile, retyped: set[str]) -> str:
    if _is_added(file):
        return "T" if _path(file) in retyped else "A"
    return "D" if _is_removed(file) else "M"


def _without_moved(added: list[AddedLine], files: list[PatchedFile], retyped: set[str]) -> Iterator[AddedLine]:
    """The lines less those that the patch takes away from the same file, or with a whole file elsewhere."""
    if not added:
        return
    removed: Counter[tuple[str, str]] = Counter()
    for file in files:
        path = _path(file)
        if _is_removed(file) and path not in retyped:
            path = ""
        removed.update((path, line.value.rstrip("\n")) for hunk in file for line in hunk if line.is_removed)
    for line in added:
        for key in ((line.path, line.text), ("", line.text)):
            if removed[key] > 0:
                removed[key] -= 1
                break
        else:
            yield line


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
