"""Path globs as in `.gitignore`: which of many match a path, in time that hardly depends on how many there are.

    *.md          a name without a slash matches the last component, in any folder
    /a.md  a/*.md a slash elsewhere ties the glob to the root
    **/           any number of folders, none included
    docs/  docs/**  everything below a folder (`docs/` at any depth, as it has no other slash)
    ?  [a-z]  [!a]  one character, never a slash;  \\ takes the next character literally

Case counts. Braces and a leading `!` mean nothing special.
"""

import re
from collections.abc import Callable, Sequence

from byline.lazy_pattern import lazy_pattern

_CACHED_PATHS = 50_000


def matcher(globs: Sequence[str]) -> Callable[[str], tuple[int, ...]]:
    """A function from a path to the ascending indexes of the globs that match it. Answers are kept for repetition."""
    by_name: dict[str, list[int]] = {}
    by_extension: dict[str, list[int]] = {}
    by_folder: dict[str, list[int]] = {}
    others: list[int] = []
    for index, glob in enumerate(globs):
        kind, text = _index_key(_segments(glob))
        group = {"name": by_name, "extension": by_extension, "folder": by_folder}.get(kind)
        (others if group is None else group.setdefault(text, [])).append(index)
    patterns: dict[int, re.Pattern[str]] = {}
    cache: dict[str, tuple[int, ...]] = {}

    def fits(index: int, path: str) -> bool:
        pattern = patterns.get(index)
        if pattern is None:
            pattern = patterns[index] = re.compile(translate(globs[index]), re.DOTALL)
        return pattern.match(path) is not None

    def matching(path: str) -> tuple[int, ...]:
        found = cache.get(path)
        if found is None:
            *folders, name = path.split("/")
            candidates = [*others, *by_name.get(name, ()), *by_extension.get(name.rpartition(".")[2], ())]
            if by_folder:
                candidates += [index for folder in set(folders) for index in by_folder.get(folder, ())]
            found = tuple(sorted({index for index in candidates if fits(index, path)})) if candidates else ()
            if len(cache) >= _CACHED_PATHS:
                cache.clear()
            cache[path] = found
        return found

    return matching


def translate(glob: str) -> str:
    """The glob as a regular expression over a whole path, to be compiled with `re.DOTALL`.

    Every wildcard but the last takes the first place that fits and never comes back to it (an atomic group), which
    finds a match whenever there is one; so time grows with the path's length, not with the number of wildcards.
    """
    runs = _runs(_segments(glob))
    if len(runs) == 1:
        return runs[0] + r"\Z"
    first, *middle, last = runs
    steps = [first + "/" if first else ""]
    steps += [rf"(?>(?:[^/]+/)*?{run}/)" for run in middle]
    steps.append(rf"(?:[^/]+/)*{last}\Z" if last else r".+\Z")
    return "".join(steps)


def _segments(glob: str) -> list[str]:
    anchored = "/" in glob[:-1]
    parts = glob.removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1:] = ["*", "**"] if parts[-2:-1] == ["**"] else ["**"]
    if not anchored:
        parts.insert(0, "**")
    return parts


def _runs(segments: list[str]) -> list[str]:
    """Expressions of the parts between `**`; the first and the last are empty where the glob begins or ends so."""
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment != "**":
            runs[-1].append(_segment(segment))
        elif len(runs) == 1 or runs[-1]:  # `**/**` says no more than `**`
            runs.append([])
    return ["/".join(run) for run in runs]


_TOKEN = lazy_pattern(r"\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|.", re.DOTALL)


def _segment(segment: str) -> str:
    """A component. All its stars but the last are atomic."""
    pieces = [""]
    for token in _TOKEN.findall(segment):
        if token[0] == "*":
            pieces.append("")
        else:
            pieces[-1] += _one(token)
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + "[^/]*" + last


def _one(wildcard: str) -> str:
    if wildcard == "?":
        return "[^/]"
    if wildcard[0] == "\\" and len(wildcard) == 2:
        return re.escape(wildcard[1])
    if wildcard[0] == "[" and len(wildcard) > 2:
        return _character_class(wildcard[1:-1])
    return re.escape(wildcard)


_RANGE = lazy_pattern(r"(\\?.)-(\\?.)|\\?.", re.DOTALL)


def _character_class(body: str) -> str:
    negated = body[:1] in ("!", "^") and len(body) > 1
    parts = []
    for item in _RANGE.finditer(body[negated:]):
        if item[1] is None:
            parts.append(re.escape(item[0][-1]))
        elif item[1][-1] <= item[2][-1]:
            parts.append(f"{re.escape(item[1][-1])}-{re.escape(item[2][-1])}")
    if not parts:  # only ranges that run backwards
        return "[^/]" if negated else "(?!)"
    return f"(?!/)[{'^' if negated else ''}{''.join(parts)}]"


def _index_key(segments: list[str]) -> tuple[str, str]:
    """What a path must have for the glob to match: ("name" | "extension" | "folder", text), or ("", "")."""
    *folders, last = segments
    if _is_literal(last):
        return "name", last
    extension = last.rpartition(".")[2]
    if last != "**" and extension != last and _is_literal(extension):
        return "extension", extension
    literal = [folder for folder in folders if _is_literal(folder)]
    return ("folder", max(literal, key=len)) if literal else ("", "")


def _is_literal(text: str) -> bool:
    return not any(character in text for character in "*?[\\")
