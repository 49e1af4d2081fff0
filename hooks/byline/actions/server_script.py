"""The hook that a server starts: its text, and how to tell it from anybody else's."""

import hashlib
import re
from shlex import quote

_HEAD = "#!/bin/sh\n# Written by `byline install server` (checksum {}). It runs `byline hook {}`.\n"
_OURS = re.compile(
    rb"#!/bin/sh\n# Written by `byline install server` \(checksum ([0-9a-f]{16})\)\. "
    rb"It runs `byline hook ([a-z-]+)`\.\n"
)
_PYTHON = re.compile(rb"^python=(.*)$", re.MULTILINE)


def server_script(stage: str, python: str, *, policy: str = "", then: str = "") -> bytes:
    """A POSIX shell script that runs byline with this very Python, and `then` the hook that was there before.

    It ends with `exec`: nothing stands between git and byline that could be killed alone and end with 0. `-I` keeps
    variables and the directory that git runs in from putting modules of their own in byline's place.
    """
    words = [f'"$python" -I -m byline hook {stage}']
    words += [f"--policy {quote(policy)}"] if policy else []
    words += [quote(f"--then={then}")] if then else []
    body = (
        f"python={quote(python)}\n"
        'if [ ! -x "$python" ]; then\n'
        '  echo "GL-HOOK-ERR: byline: this push cannot be checked: '
        "the server's Python is gone, or closed to this account ($python)\" >&2\n"
        "  exit 3\n"
        "fi\n"
        f'exec {" ".join(words)} "$@"\n'
    ).encode("utf-8", "surrogateescape")
    return _HEAD.format(hashlib.sha256(body).hexdigest()[:16], stage).encode("ascii") + body


def stage_of(data: bytes) -> str:
    """The stage that a script of ours runs; empty for anybody else's."""
    head = _OURS.match(data)
    return head[2].decode("ascii") if head else ""


def is_untouched(data: bytes) -> bool:
    """Whether a script is ours, and still as it was written."""
    head = _OURS.match(data)
    return head is not None and head[1].decode() == hashlib.sha256(data[head.end() :]).hexdigest()[:16]


def python_of(data: bytes) -> str:
    """The Python that a script of ours runs."""
    from shlex import split

    found = _PYTHON.search(data)
    return "".join(split(found[1].decode("utf-8", "surrogateescape"))[:1]) if found else ""


def policy_of(data: bytes) -> str:
    """The policy that a script's command line names for byline, whoever wrote the script; empty for none."""
    from shlex import split

    try:
        words = split(data.decode("utf-8", "surrogateescape"), comments=True)
    except ValueError:  # a quote that is not closed, as a shell can have in a here-document
        return ""
    if "hook" not in words:
        return ""
    for word, following in zip(words[words.index("hook") :], [*words[words.index("hook") + 1 :], ""], strict=True):
        if word == "--policy" or word.startswith("--policy="):
            return following if word == "--policy" else word.removeprefix("--policy=")
    return ""
