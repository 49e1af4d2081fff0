"""Random messages: twice is once, git reads what was meant, and what byline has no business with stays."""

import subprocess
from pathlib import Path
from random import Random

import pytest

from annotate.many_messages import ENVIRONMENTS, POLICIES, annotated, faults
from annotate.random_messages import random_message
from byline.repository.message_draft import Draft
from byline.repository.message_file import cleanup


@pytest.mark.parametrize("seed", range(8))
def test_random_messages(seed):
    random = Random(seed)
    for number in range(250):
        text = random_message(random)
        assert faults(text, number) == [], text


def git(folder: Path, command: str, text: str) -> str:
    """What git makes of a text."""
    data = text.encode("utf-8", "surrogateescape")
    done = subprocess.run(["git", *command.split()], input=data, capture_output=True, check=True, cwd=folder)
    return done.stdout.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("seed", range(60))
def test_git_reads_the_trailers_that_were_meant(seed, tmp_path):
    text = random_message(Random(1000 + seed)).partition("# ---")[0]  # byline also reads what scissors hide from git
    number = seed * 2 + 1  # without an editor nothing but white space goes
    done = annotated(text, number).text
    stored = git(tmp_path, "stripspace", done)
    read = git(tmp_path, "interpret-trailers --parse --no-divider", stored)
    meant = Draft(done, cleanup(done, {}, edited=False)).trailers
    rows = [row for row in read.split("\n") if row and not row.startswith("(")]
    assert [row.partition(": ")[2].split() for row in rows] == [trailer.value.split() for trailer in meant]
    if number % 3 and done != text:
        assert any(trailer.key.lower() == "assisted-by" for trailer in meant)


def test_every_policy_and_environment_is_tried():
    assert {number // 3 % len(POLICIES) for number in range(250)} == set(range(len(POLICIES)))
    assert {number % len(ENVIRONMENTS) for number in range(250)} == set(range(len(ENVIRONMENTS)))


@pytest.mark.parametrize("line", ["Assisted-by: Claude-Code", "Co-authored-by: Claude <noreply@anthropic.com>", "x"])
def test_a_message_of_one_line_over_and_over_takes_linear_time(line):
    text = "Add x\n\n" + f"{line}\n" * 20_000
    assert annotated(annotated(text, 1).text, 1).text == annotated(text, 1).text
