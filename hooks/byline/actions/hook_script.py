"""The plain git hook that runs byline: its text, and how to tell it from anybody else's."""

import hashlib
import re
from shlex import quote

from byline.actions.hook_file import KEPT_SUFFIX

_HEAD = "#!/bin/sh\n# Written by `byline install` (checksum {}). `byline uninstall` puts back what was here before.\n"
_OURS = re.compile(re.escape(_HEAD.encode()).replace(rb"\{\}", rb"([0-9a-f]{16})"))

# git runs these even for `git commit --no-verify` or after the fact, so a failure would only stand in the way.
_NEVER_STOPS = ("prepare-commit-msg", "post-commit", "post-rewrite")
_READS_INPUT = ("pre-push", "post-rewrite")

# A framework that is installed again after us puts its script in our place, and runs us as its `.legacy` hook. We then
# must not start the same script once more.
_ONCE = """\
if [ "${{0##*/}}" != {stage} ] && cmp -s "$before" "${{0%/*}}/{stage}"; then before=; fi
"""

# The lines of a push come on standard input, and both hooks need them. git ignores SIGPIPE while a hook runs, so
# printf would complain about a hook that does not read them.
_CHAIN_WITH_INPUT = """\
updates=$(cat) || exit
send() { if [ -n "$updates" ]; then printf '%s\\n' "$updates" 2>/dev/null; fi; }
if [ -f "$before" ] && [ -x "$before" ]; then send | "$before" "$@" || exit; fi
"""
_CHAIN = """\
if [ -f "$before" ] && [ -x "$before" ]; then "$before" "$@" || exit; fi
"""


def hook_script(stage: str, python: str) -> bytes:
    """A POSIX shell script that runs the hook that was there before, and then byline with this very Python.

    The arguments and the standard input of git reach both. `-I` keeps the checked repository, which is the working
    directory, from putting modules of its own in byline's place.
    """
    reads_input = stage in _READS_INPUT
    # not -m, which loads Python's machinery for running modules: a tenth of what the hook takes
    run = f'"$python" -I -c "from byline.cli import run_process; run_process()" hook {stage} "$@"'
    body = (
        f'before="${{0%/*}}/{stage}{KEPT_SUFFIX}"\n'
        + _ONCE.format(stage=stage)
        + (_CHAIN_WITH_INPUT if reads_input else _CHAIN)
        + f"python={quote(python)}\n"
        + 'if [ ! -x "$python" ]; then\n'
        + '  echo "byline: this hook cannot run, because its Python is gone: $python" >&2\n'
        + '  echo "byline: install byline again and run \\`byline install\\`, or delete the hook $0" >&2\n'
        + f"  exit {0 if stage in _NEVER_STOPS else 1}\n"
        + "fi\n"
        + (f"send | {run}\n" if reads_input else f"exec {run}\n")
    ).encode("utf-8", "surrogateescape")
    return _HEAD.format(_checksum(body)).encode() + body


def is_ours(data: bytes) -> bool:
    """Whether `byline install` wrote this hook, whatever has become of it since."""
    return _OURS.match(data) is not None


def is_untouched(data: bytes) -> bool:
    """Whether the hook is ours, and still as it was written."""
    head = _OURS.match(data)
    return head is not None and head[1].decode() == _checksum(data[head.end() :])


def asks_for_its_name(data: bytes) -> bool:
    """Whether a hook seems to look at the name it was started by, and would fail under another one."""
    return b"basename" in data and b"$0" in data


def _checksum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
