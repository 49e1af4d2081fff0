"""The files that a policy starts from: bundled presets by name and date, or files of the repository."""

from collections.abc import Callable

from byline.errors import Fault
from byline.policy.presets import preset_file, read_preset
from byline.policy.reading import read_source
from byline.policy.source import Source, as_texts

DEEPEST = 5
"""How many files may stand on one another."""

MOST_FILES = 20
"""How many files a policy may start from in all."""

_PRESET = "preset "

Read = Callable[[str], bytes | None]


def extended(source: Source, faults: list[Fault], read: Read | None) -> tuple[Source, ...]:
    """All that the source extends, the farthest first and each once. What cannot be had is added to `faults`."""
    found: dict[str, Source] = {}
    _add_bases(source, faults, read, (source.file,), found)
    return tuple(found.values())


def _add_bases(
    source: Source, faults: list[Fault], read: Read | None, chain: tuple[str, ...], found: dict[str, Source]
) -> None:
    names = as_texts(source.data["extends"]) if "extends" in source.data else ()
    for position, name in enumerate(names):
        try:
            file = _file(name.removeprefix("./"), chain)
            if file in found:
                continue
            if len(found) + len(chain) > MOST_FILES:
                raise LookupError(f"a policy extends more than {MOST_FILES} files")
            data = _read(file, read)
        except LookupError as problem:
            faults.append(Fault(source.file, source.line(("extends", position)), str(problem.args[0])))
            continue
        base = read_source(data, file, faults)
        _add_bases(base, faults, read, (*chain, file), found)
        found[file] = base


def _file(name: str, chain: tuple[str, ...]) -> str:
    """What the reports call the file to extend; raises LookupError with a sentence."""
    if len(chain) > DEEPEST:
        raise LookupError(f"policies extend each other more than {DEEPEST} deep")
    if not name.endswith(".toml"):
        preset, _, date = name.partition("@")
        return _PRESET + preset_file(preset, date).removesuffix(".toml")
    if name in chain:
        raise LookupError(f"{name} extends itself: {' > '.join((*chain, name))}")
    if "://" in name or name.startswith("git@"):
        raise LookupError(f"{name} is not in the repository, and nothing is fetched: copy the file here")
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise LookupError(f"{name} is not a path inside the repository")
    return name


def _read(file: str, read: Read | None) -> bytes:
    if file.startswith(_PRESET):
        return read_preset(f"{file.removeprefix(_PRESET)}.toml")
    data = read(file) if read is not None else None
    if data is None:
        raise LookupError(f"{file} does not exist where the policy is read from")
    return data
