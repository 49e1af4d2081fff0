"""A repository with a policy and commits of every outcome, and byline run in it."""

import pytest

from byline.cli import main
from real_git import RealRepository

POLICY = """\
[policy]
ai = "deny"
url = "https://example.org/ai"

[tools]
aider = "disclose"

[trailers]
disclose = { Assisted-by = "{tool}:{model}" }

[enforce]
ci = "warn"
"""
CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
AIDER = "Co-authored-by: aider (gpt-4o) <aider@aider.chat>"


@pytest.fixture
def inside(repository, monkeypatch) -> RealRepository:
    """The empty repository, as the working directory."""
    monkeypatch.chdir(repository.path)
    return repository


@pytest.fixture
def judged(inside) -> RealRepository:
    """A repository with a policy and three commits: one by a person, one denied, one that lacks its disclosure."""
    inside.commit("Set a policy\n", {"byline.toml": POLICY})
    inside.commit(f"Add the retry loop\n\n{CLAUDE}\n", {"retry.py": "again\n"})
    inside.commit(f"Rename a variable\n\n{AIDER}\n", {"names.py": "a = 1\n"})
    return inside


@pytest.fixture
def byline(capsys):
    """Run byline here; gives exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    return run
