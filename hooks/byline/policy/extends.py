"""The files that a policy starts from: bundled presets by name and date, or files of the repository."""

from collections.abc import Callable

from byline.errors import Fault
from byline.policy.presets import preset_file, read_preset
from byline.policy.reading import read_source
from byline.policy.source import Source, as_texts

DEEPEST = 5
"""How many files may stand on one another."""

Read = Callable[[str], bytes | None]


def extended(source: Source, faults: list[Fault], read: Read | None) -> tuple[Source, ...]:
    """All that the source extends, the farthest first. What cannot be had is added to `faults`."""
    return tuple(_bases(source, faults, read, (source.file,)))


def _bases(source: Source, faults: list[Fault], read: Read | None, chain: tuple[str, ...]) -> list[Source]:
    found: list[Source] = []
    names = as_texts(source.data["extends"]) if "extends" in source.data else ()
    for position, name in enumerate(names):
        try:
            data, file = _open(name, chain, read)
        except LookupError as problem:
            faults.append(Fault(source.file, source.line(("extends", position)), str(problem.args[0])))
            continue
        base = read_source(data, file, faults)
        found += [*_bases(base, faults, read, (*chain, file)), base]
    return found


def _open(name: str, chain: tuple[str, ...], read: Read | None) -> tuple[bytes, str]:
    """Content and name of a file to extend; raises LookupError with a sentence."""
    if len(chain) > DEEPEST:
        raise LookupError(f"policies extend each other more than {DEEPEST} deep")
    if not name.endswith(".toml"):
        preset, _, date = name.partition("@")
        file = preset_file(preset, date)
        return read_preset(file), f"preset {file.removesuffix('.toml')}"
    if name in chain:
        raise LookupError(f"{name} extends itself: {' > '.join((*chain, name))}")
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise LookupError(f"{name} is not a path inside the repository")
    data = read(name) if read is not None else None
    if data is None:
        raise LookupError(f"{name} does not exist where the policy is read from")
    return data, name
