"""How the mark is written into a message: commits that differ in nothing else."""

from functools import partial
from typing import NamedTuple

from server.gate import TRAILER, Gate

_RAW = TRAILER.encode()
_FOOTER = "🤖 Generated with [Claude Code](https://claude.ai/code)"


class Disguise(NamedTuple):
    """A message as bytes, and further lines of the commit's header."""

    message: bytes
    header: bytes = b""


DISGUISES = {
    "in_other_case": Disguise(b"Add\n\nCO-AUTHORED-BY: CLAUDE <NoReply@Anthropic.COM>\n"),
    "with_odd_blanks": Disguise(b"Add\n\nCo-authored-by :  \t Claude   <noreply@anthropic.com>  \n"),
    "folded": Disguise(b"Add\n\nCo-authored-by:\n Claude\n <noreply@anthropic.com>\n"),
    "with_crlf": Disguise(b"Add\r\n\r\n" + _RAW + b"\r\n"),
    "below_three_dashes": Disguise(b"Add\n\n---\n a | 1 +\n\n" + _RAW + b"\n"),
    "in_the_middle_of_a_squash": Disguise(b"Squash\n\n* One\n\n" + _RAW + b"\n\n* Two\n\nSome words\n"),
    "in_a_squash_of_squashes": Disguise(
        b"Feature (#12)\n\n* Squashed commit of the following:\n\n    commit 1\n    Author: Ada\n\n        One\n\n"
         b"* Two\n\n" + _RAW + b"\n\n---------\n\nCo-authored-by: Bob <bob@example.com>\n",
    ),
    "with_look_alike_letters": Disguise("Add\n\nCо-аuthоrеd-bу: Claude <noreply@anthropic.com>\n".encode()),
    "with_invisible_letters": Disguise(
        "Add\n\nCo-auth\u200bored-by: Cl\u200baude <noreply@anthro\u200bpic.com>\n".encode()
    ),
    "in_full_width_letters": Disguise(
        "Add\n\nＣｏ－ａｕｔｈｏｒｅｄ－ｂｙ: Ｃｌａｕｄｅ <noreply@anthropic.com>\n".encode()
    ),
    "behind_a_nul": Disguise(b"Add\n\nWords\0\n\n" + _RAW + b"\n"),
    "behind_much_padding": Disguise(b"Add\n\n" + b"All is well. \n" * 60_000 + b"\n" + _RAW + b"\n"),
    "behind_more_than_is_read": Disguise(b"Add\n\n" + b"All is well. \n" * 120_000 + b"\n" + _RAW + b"\n"),
    "in_ebcdic": Disguise(f"Add\n\n{TRAILER}\n".encode("cp037"), b"encoding IBM037\n"),
    "in_utf16": Disguise(f"Add\n\n{TRAILER}\n".encode("utf-16-le"), b"encoding UTF-16LE\n"),
    "in_an_unknown_encoding": Disguise(bytes(byte ^ 1 for byte in _RAW), b"encoding X-MINE\n"),
    "as_a_footer": Disguise(f"Add\n\n{_FOOTER}\n".encode()),
}  # fmt: skip


def _push(disguise: Disguise, gate: Gate) -> list[str]:
    evil = gate.client.raw_commit(parents=[gate.client.head], message=disguise.message, header=disguise.header)
    gate.push(f"{evil}:refs/heads/main")
    gate.push(f"{evil}:refs/heads/other")
    return [evil]


WAYS = {name: partial(_push, disguise) for name, disguise in DISGUISES.items()}
