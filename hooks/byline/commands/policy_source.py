"""Which policy file counts, and where the files that it extends are read."""

import os

from byline.errors import UnknownRevision, UnreadableInput
from byline.frozen import Frozen
from byline.policy.load import Read, find_policy
from byline.repository.files import read_blob, read_policy_candidate, revision_of
from byline.repository.location import Repository


class PolicyText(Frozen):
    """A policy as it was read, what to call it in reports, and how to read the files that it extends."""

    file: str
    data: bytes
    read: Read


def find_policy_text(repository: Repository | None, option: str | None) -> PolicyText | None:
    """The policy that `--policy` names, else the repository's own; None when it has none.

    `REF:PATH` is read from the object store alone: a file of that name, which a contributor could commit, is never
    taken for it. Raises UnreadableInput, UnknownRevision and PolicyError.
    """
    if option is not None:
        return _blob(repository, option) if is_blob(option) else _file(option)
    if repository is None:
        return None

    def read(name: str) -> bytes | None:
        return read_policy_candidate(repository, name)

    found = find_policy(read)
    return None if found is None else PolicyText(*found, read)


def find_policy_by_any_name(repository: Repository | None, name: str) -> PolicyText:
    """The policy of that name: a file, REF:PATH, or a preset. Raises UnreadableInput, UnknownRevision."""
    if is_blob(name) or os.path.exists(name):
        return _blob(repository, name) if is_blob(name) else _file(name)
    from byline.policy.presets import preset_file, read_preset

    preset, _, date = name.partition("@")
    try:
        file = preset_file(preset, date)
    except LookupError as problem:
        raise UnreadableInput(
            f"there is no file {name}, and as a preset: {problem.args[0]}", "`byline policy presets` lists the presets."
        ) from problem
    return PolicyText(f"preset {file.removesuffix('.toml')}", read_preset(file), lambda _name: None)


def read_file(path: str) -> bytes:
    """What a file that was named holds. Raises UnreadableInput."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}", "Check its name and permissions.") from error


def is_blob(option: str) -> bool:
    """REF:PATH, and neither a path (`./a:b`, `/a:b`) nor a drive letter."""
    head, colon, _ = option.partition(":")
    return bool(colon) and len(head) > 1 and not head.startswith((".", "/", "\\"))


def _blob(repository: Repository | None, option: str) -> PolicyText:
    if repository is None:
        raise UnreadableInput(
            f"{option} names a file in a repository, and there is no repository here",
            "Name the repository with --repo DIR; a file with a colon in its name is written ./NAME.",
        )
    revision = revision_of(option)

    def read(name: str) -> bytes | None:
        try:
            return read_blob(repository, f"{revision}:{name}")
        except UnknownRevision:
            return None

    return PolicyText(option, read_blob(repository, option), read)


def _file(path: str) -> PolicyText:
    folder = os.path.dirname(path)

    def read(name: str) -> bytes | None:
        extended = os.path.join(folder, name)
        return read_file(extended) if os.path.exists(extended) else None

    return PolicyText(path, read_file(path), read)
