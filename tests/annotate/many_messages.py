"""Annotates many random messages, and counts what must not happen.

python tests/annotate/many_messages.py [COUNT] [SEED]
"""

import sys
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT.parent / "hooks")]

from annotate.random_messages import random_message  # noqa: E402
from byline.actions.disclose_in_message import Amended, amend_message  # noqa: E402
from byline.catalogue.load import load_catalogue  # noqa: E402
from byline.detectors import prepare  # noqa: E402
from byline.model import Commit, Environment, Identity  # noqa: E402
from byline.policy.load import parse_policy  # noqa: E402
from byline.repository.message_draft import Draft  # noqa: E402
from byline.repository.message_file import cleanup  # noqa: E402

CATALOGUE = load_catalogue()
DETECTION = prepare(CATALOGUE)
PERSON = Identity("Ada Example", "ada@example.com", 1_800_000_000)
RULES = (
    '[policy]\nai = "disclose"\n',
    """[policy]
ai = "disclose"
[trailers]
disclose = { Assisted-by = "{tool}[:{model}]" }
human-only = ["Co-authored-by"]
""",
    """[policy]
ai = "disclose"
[trailers]
disclose = { Assisted-by = "{tool}" }
forbid = ["Generated-by", "Co-authored-by"]
drop = ["Generated-by"]
names = "require"
""",
)
POLICIES = [parse_policy(text.encode(), "byline.toml", CATALOGUE) for text in RULES]
ENVIRONMENTS = (None, Environment({"CLAUDECODE": "1"}), Environment({"CODEX_CI": "1", "CLAUDECODE": "1"}))
EDITABLE = (
    "assisted",
    "asisted",
    "co-authored-by: claude",
    "co-authored-by: aider",
    "generated-by",
    "co-authored-by: ada",
)


def annotated(text: str, number: int) -> Amended:
    """The message after byline, under one of the policies."""
    edited = number % 2 == 0
    commit = Commit(None, (), PERSON, PERSON, None, environment=ENVIRONMENTS[number % 3])
    policy = POLICIES[number // 3 % len(POLICIES)]
    return amend_message(text, cleanup(text, {}, edited=edited), commit, DETECTION.detect, policy, add=True)


def kept_lines(text: str) -> list[str]:
    """Lines that byline has no business with, in their order; further lines of trailers go with these."""
    return [line for line in text.split("\n") if line.strip() and line[0] not in " \t" and not _is_ours(line)]


def _is_ours(line: str) -> bool:
    return line.lower().startswith(EDITABLE)


def faults(text: str, number: int) -> list[str]:
    """What is wrong with the annotation of one message."""
    found = []
    done = annotated(text, number)
    again = annotated(done.text, number)
    if again.text != done.text:
        found.append("a second time changes something")
    if kept_lines(text) != kept_lines(done.text):
        found.append("lines of others changed")
    edited = number % 2 == 0
    before, after = (Draft(one, cleanup(one, {}, edited=edited)).trailers for one in (text, done.text))
    ours = ("assisted-by", "asisted-by", "co-authored-by", "generated-by")
    others = [[str(trailer) for trailer in one if trailer.key.lower() not in ours] for one in (before, after)]
    if not _within(others[0], others[1]):
        found.append("a trailer was lost")
    given = Counter(trailer.value for trailer in after if trailer.key.lower() == "assisted-by")
    # folded values as git reads them, and those of lines that git does not read as trailers
    was = Counter(trailer.value for trailer in before if trailer.key.lower() == "assisted-by")
    was |= Counter(line.partition(":")[2].strip() for line in text.split("\n") if line[:1] in "Aa")
    if any(count > max(1, was[value]) for value, count in given.items()):
        found.append("a disclosure stands there twice")
    return found


def _within(few: list[str], many: list[str]) -> bool:
    """Whether all of the one list are in the other, in their order."""
    rest = iter(many)
    return all(one in rest for one in few)


def main() -> int:
    count, seed = (int(word) for word in (*sys.argv[1:], *("10000", "1")[len(sys.argv) - 1 :]))
    random = Random(seed)
    wrong: Counter[str] = Counter()
    changed = 0
    for number in range(count):
        text = random_message(random)
        changed += annotated(text, number).text != text
        for fault in faults(text, number):
            if not wrong[fault]:
                print(f"{fault}: {text!r}\n  became {annotated(text, number).text!r} (number {number})")
            wrong[fault] += 1
    print(f"{count:,} messages, {changed:,} changed, faults: {dict(wrong) or 'none'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
