"""A tool of one's own takes one table of the policy, and is found on every surface like those that come along."""

import json
import subprocess
import sys

import pytest

from real_git import RealRepository

POLICY = r"""
[policy]
ai = "allow"

[define.acme-coder]
name    = "Acme Coder"
vendor  = "acme"
hosting = "internal"
modes   = ["agent", "review"]
url     = "https://acme.example/coder"
aliases = ["coder"]
match   = ["Assisted-by: acme-coder*"]

[[define.acme-coder.mark]]
id         = "acme-coder.co-author"
surface    = "trailer"
confidence = "certain"
shows      = "generated"
key        = "Co-authored-by"
email      = "bot@acme.example"
note       = "Written by the command line."
source     = "https://acme.example/coder/trailers"

[[define.acme-coder.mark]]
id         = "acme-coder.author"
surface    = "identity"
confidence = "certain"
shows      = "generated"
email      = "bot@acme.example"

[[define.acme-coder.mark]]
id         = "acme-coder.footer"
surface    = "message"
confidence = "certain"
shows      = "generated"
footer     = "Acme Coder"

[[define.acme-coder.mark]]
id         = "acme-coder.comment"
surface    = "line"
confidence = "certain"
shows      = "generated"
pattern    = '^\s*# acme-coder wrote this$'
needle     = "acme-coder wrote"

[[define.acme-coder.mark]]
id         = "acme-coder.session"
surface    = "path"
confidence = "certain"
shows      = "assisted"
path       = ".acme/sessions/**"

[[define.acme-coder.mark]]
id         = "acme-coder.quiet"
surface    = "config"
confidence = "certain"
shows      = "suppression"
path       = ".acme/settings.json"
pointer    = "sign"
value      = false

[tools]
coder = "deny"
"""
MESSAGE = """\
Change the parser

Generated with [Acme Coder](https://acme.example/coder)

Co-authored-by: Somebody <bot@acme.example>
Assisted-by: acme-coder 4.2
"""


@pytest.fixture
def marked(repository: RealRepository) -> RealRepository:
    """A repository with a policy that defines a tool, and one commit with a mark of it on every surface."""
    repository.write("byline.toml", POLICY)
    repository.write("parser.py", "# acme-coder wrote this\nparse = None\n")
    repository.write(".acme/sessions/1.json", "{}\n")
    repository.write(".acme/settings.json", '{"sign": false}\n')
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--author=Acme <bot@acme.example>", "--file=-", feed=MESSAGE.encode())
    return repository


def byline(repository: RealRepository, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "byline", *arguments]
    return subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)


def test_it_is_found_on_every_surface(marked: RealRepository) -> None:
    findings = json.loads(byline(marked, "scan", "HEAD", "--format", "jsonl").stdout)["findings"]
    found = {(finding["surface"], finding["mark"]) for finding in findings if finding["tool"] == "acme-coder"}
    assert {
        ("trailer", "acme-coder.co-author"),
        ("identity", "acme-coder.author"),
        ("message", "acme-coder.footer"),
        ("line", "acme-coder.comment"),
        ("path", "acme-coder.session"),
        ("config", "acme-coder.quiet"),
    } <= found
    assert any(finding["text"] == "Assisted-by: acme-coder 4.2" for finding in findings)


def test_it_can_be_judged_by_its_alias(marked: RealRepository) -> None:
    ended = byline(marked, "check", "HEAD", "--format", "jsonl")
    assert (ended.returncode, json.loads(ended.stdout)["outcome"]) == (1, "blocked")


def test_it_is_listed_and_explained_like_any_other(marked: RealRepository) -> None:
    assert "acme-coder  " in byline(marked, "tools", "--hosting", "internal").stdout
    assert "acme-coder.session" in byline(marked, "tools", "coder").stdout
    explained = byline(marked, "explain", "acme-coder.co-author").stdout
    assert "https://acme.example/coder/trailers" in explained
    assert "Written by the command line." in explained


def test_a_faulty_row_is_named_with_its_line(repository: RealRepository) -> None:
    repository.write("byline.toml", POLICY.replace('surface    = "path"', 'surface    = "paths"'))
    ended = byline(repository, "policy", "check")
    assert ended.returncode == 3
    assert "byline.toml:48: " in ended.stderr
    assert "did you mean `path`" in ended.stderr
