"""File names as diffs write them: quoted as C strings when they hold control characters, quotes or bytes past ASCII.

Rule: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
"""

import re

_ESCAPE = re.compile(r"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


def unquoted_path(name: str) -> str:
    """The name without its quotes and escapes; a name that is not quoted comes back as it is."""
    if len(name) < 2 or not (name.startswith('"') and name.endswith('"')):
        return name
    raw = bytearray()
    at = 1
    for match in _ESCAPE.finditer(name, 1, len(name) - 1):
        raw += name[at : match.start()].encode("utf-8", "surrogateescape")
        code = match[1]
        if len(code) == 3:
            raw.append(int(code, 8) & 255)
        else:
            raw += bytes([_LETTERS[code]]) if code in _LETTERS else code.encode("utf-8", "surrogateescape")
        at = match.end()
    raw += name[at:-1].encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "surrogateescape")
