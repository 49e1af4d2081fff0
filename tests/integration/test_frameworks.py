"""The real hook frameworks, pre-commit and prek, with byline installed from a clone of this tree."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from integration.clone import BAN, CLAUDE, RESIDUE, Clone, Ended, Programs, editor, make_home
from work_tree import copy_work_tree, installer_settings, made_once

pytestmark = pytest.mark.slow

STAGES = "pre-commit, pre-merge-commit, prepare-commit-msg, commit-msg, post-commit, pre-push"
HOOKS = ("byline", "byline-staged", "byline-guidance", "byline-committed", "byline-push")
MARKED = f"Add notes\n\n{CLAUDE}\n"
DISCLOSE = '[policy]\nai = "disclose"\n\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'


class Framework(Clone):
    """A clone whose hooks a framework looks after."""

    runner = "pre-commit"
    settings: Mapping[str, str] = {}

    def start(self, *command, feed=None, env=None, cwd=None, timeout=600):
        """As before, with the framework's own settings."""
        return super().start(*command, feed=feed, env={**self.settings, **(env or {})}, cwd=cwd, timeout=timeout)


@pytest.fixture(scope="module")
def frameworks(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """The programs of the person: the frameworks stand beside the Python that runs the tests."""
    git = Path(str(shutil.which("git"))).parent
    return Programs(git, Path(sys.executable).parent, make_home(tmp_path_factory.mktemp("person")))


@pytest.fixture(scope="module")
def hook_repository(frameworks: Programs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this tree with a tag, as people name it in their configuration."""

    def make(folder: Path) -> None:
        clone = Clone.begin(copy_work_tree(folder), frameworks)
        clone.commit("Release")
        clone.git("tag", "v1.0.0")

    return made_once(tmp_path_factory, "byline.git", make)


@pytest.fixture(scope="module", params=["pre-commit", "prek"])
def template(
    request: pytest.FixtureRequest,
    frameworks: Programs,
    hook_repository: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Framework:
    """A clone with a ban on AI, one commit and all hooks of byline; the environment is built once a test run."""
    runner = request.param

    def make(folder: Path) -> None:
        clone = framework(folder / "clone", folder)
        hooks = ", ".join(f"{{id: {name}}}" for name in HOOKS)
        repos = f"repos:\n  - repo: {hook_repository}\n    rev: v1.0.0\n    hooks: [{hooks}]\n"
        config = f"default_install_hook_types: [{STAGES}]\n{repos}"
        clone.commit("Start the project", {"byline.toml": BAN, ".pre-commit-config.yaml": config})
        ended = clone.attempt(runner, "install", "--install-hooks")
        assert ended.code == 0, ended.out + ended.err

    def framework(path: Path, home: Path) -> Framework:
        clone = Framework(path, frameworks)
        clone.runner = runner
        homes = {"PRE_COMMIT_HOME": str(home / "store"), "PREK_HOME": str(home / "store")}
        clone.settings = installer_settings() | homes
        path.mkdir(exist_ok=True)
        if not (path / ".git").exists():
            clone.git("init", "--quiet", ".")
        return clone

    folder = made_once(tmp_path_factory, runner, make)
    return framework(folder / "clone", folder)


@pytest.fixture
def clone(template: Framework, tmp_path: Path) -> Framework:
    """A clone of one's own with all hooks of byline."""
    copied = template.copy(tmp_path / "clone")
    copied.runner, copied.settings = template.runner, template.settings
    return copied


def printed(ended: Ended) -> list[str]:
    """The lines that the framework shows, without its indentation."""
    return [line.strip() for line in (ended.out + ended.err).splitlines()]


def test_a_persons_commit_passes_untouched(clone: Framework) -> None:
    clone.stage({"src/parser.c": "int parse(void);\n"})
    clone.write("readme.txt", "not staged\n")
    ended = clone.attempt("git", "commit", "--quiet", "-m", "Parse the header\n\nBy hand.")
    assert ended.code == 0
    assert clone.message == "Parse the header\n\nBy hand.\n"
    assert len([line for line in printed(ended) if line.endswith("Passed")]) == 4
    assert not [line for line in printed(ended) if line.endswith("Failed") or line.startswith("byline:")]
    assert (clone.path / "readme.txt").read_text() == "not staged\n"


def test_a_commit_by_claude_is_refused(clone: Framework) -> None:
    before = clone.head
    ended = clone.attempt("git", "commit", "--allow-empty", "-m", f"Parse the header\n\n{CLAUDE}")
    assert ended.code == 1
    assert clone.head == before
    lines = printed(ended)
    assert "Claude Code: denied" in lines
    assert f"seen  message line 3: {CLAUDE}" in lines
    assert 'rule  byline.toml:2  [policy] ai = "deny"' in lines
    assert "next  - Leave out what was made with Claude Code, or ask for an exemption" in lines
    assert "byline: this commit is blocked by the policy in byline.toml" in lines


def test_staged_lines_are_refused_and_unstaged_ones_kept(clone: Framework) -> None:
    clone.stage({"notes.txt": f"{RESIDUE}\n"})
    clone.write("notes.txt", f"{RESIDUE}\nnot staged\n")
    ended = clone.attempt("git", "commit", "-m", "Add notes")
    assert ended.code == 1
    assert f"seen  notes.txt:1: {RESIDUE}" in printed(ended)
    assert "byline: what is staged is blocked by the policy in byline.toml" in printed(ended)
    assert (clone.path / "notes.txt").read_text() == f"{RESIDUE}\nnot staged\n"


def test_a_faulty_policy_refuses_with_its_faults(clone: Framework) -> None:
    clone.stage({"byline.toml": '[policy]\nai = "denied"\n'})
    ended = clone.attempt("git", "commit", "-m", "Change the policy")
    assert ended.code == 1
    assert any(line.startswith("byline.toml:2:") for line in printed(ended))


def test_the_editor_tells_what_to_disclose(clone: Framework, tmp_path: Path) -> None:
    clone.stage({"byline.toml": DISCLOSE})
    ended = clone.attempt("git", "commit", env=editor(tmp_path, "Ask for disclosure\n"))
    assert ended.code == 0
    assert "#     Assisted-by: <tool>" in (tmp_path / "seen").read_text()
    assert clone.message == "Ask for disclosure\n"


def test_a_warning_is_seen(clone: Framework) -> None:
    clone.stage({"byline.toml": f'{BAN}\n[enforce]\ncommit = "warn"\n'})
    ended = clone.attempt("git", "commit", "-m", f"Only warn\n\n{CLAUDE}")
    assert ended.code == 0
    assert "byline: this commit goes through, with a warning by the policy in byline.toml" in printed(ended)


def test_no_verify_is_noticed(clone: Framework) -> None:
    ended = clone.attempt("git", "commit", "--no-verify", "--allow-empty", "-m", f"Add\n\n{CLAUDE}")
    assert ended.code == 0
    assert any(line.startswith("byline: this commit got past the hooks") for line in printed(ended))


def test_a_merge_passes_though_its_branch_holds_marks(clone: Framework) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(MARKED, {"notes.txt": f"{RESIDUE}\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on", {"main.txt": "main\n"})
    ended = clone.attempt("git", "merge", "--quiet", "--no-edit", "side")
    assert ended.code == 0, ended.err
    assert not any("BLOCKED" in line for line in printed(ended))


@pytest.fixture
def pushing(clone: Framework, tmp_path: Path) -> Framework:
    """A clone whose main is on its remote `origin` already."""
    Clone.begin(tmp_path / "remote.git", clone.programs, "--bare")
    clone.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    clone.git("push", "--quiet", "--no-verify", "origin", "main")
    return clone


def assert_push_refused(clone: Framework, ended: Ended, marked: str) -> None:
    assert ended.code == 1
    assert f"BLOCKED  {marked[:10]}  Add notes" in printed(ended)
    assert "byline: this push is blocked by the policy in byline.toml" in printed(ended)
    assert marked not in clone.git("ls-remote", "origin")


def test_pushes(pushing: Framework) -> None:
    pushing.commit("Add a", {"a.txt": "a\n"})
    assert pushing.attempt("git", "push", "--quiet", "origin", "main").code == 0
    marked = pushing.commit(MARKED)
    pushing.commit("Go on", {"b.txt": "b\n"})
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "main"), marked)
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "main:topic"), marked)
    pushing.git("push", "--quiet", "--no-verify", "origin", "HEAD~2:refs/heads/old")
    assert pushing.attempt("git", "push", "--quiet", "origin", ":old").code == 0


def test_a_push_of_a_root_commit_and_a_forced_one(pushing: Framework) -> None:
    pushing.git("checkout", "--quiet", "--orphan", "fresh")
    marked = pushing.commit(MARKED)
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "fresh"), marked)
    pushing.git("checkout", "--quiet", "main")
    pushing.commit("Old", {"a.txt": "old\n"})
    pushing.git("push", "--quiet", "--no-verify", "origin", "main")
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    marked = pushing.commit(MARKED)
    assert_push_refused(pushing, pushing.attempt("git", "push", "--force", "origin", "main"), marked)


def test_an_annotated_tag(pushing: Framework) -> None:
    marked = pushing.commit(MARKED)
    pushing.git("tag", "-a", "-m", "First release", "v1")
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "v1"), marked)


def test_a_run_by_hand(clone: Framework) -> None:
    assert clone.attempt(clone.runner, "run", "byline-staged", "--all-files").code == 0
    clone.stage({"notes.txt": f"{RESIDUE}\n"})
    ended = clone.attempt(clone.runner, "run", "byline-staged")
    assert ended.code == 1
    assert f"seen  notes.txt:1: {RESIDUE}" in printed(ended)


def test_plain_hooks_beside_those_of_the_framework(pushing: Framework, byline_folder: Path) -> None:
    """The framework runs something else, so what is refused is refused by the plain hooks."""
    hook = "{id: theirs, name: theirs, entry: 'true', language: system, always_run: true, pass_filenames: false}"
    pushing.commit("Run something else", {".pre-commit-config.yaml": f"repos:\n- repo: local\n  hooks: [{hook}]\n"})
    hooks = pushing.path / ".git" / "hooks"
    before = {place.name: place.read_bytes() for place in hooks.iterdir()}
    byline = str(byline_folder / "byline")
    installed = pushing.attempt(byline, "install")
    assert "the hook that was here runs first" in installed.out
    ended = pushing.attempt("git", "commit", "--allow-empty", "-m", MARKED)
    assert ended.code == 1
    assert any(line.startswith("theirs...") for line in printed(ended))
    marked = pushing.commit(MARKED)
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "main"), marked)
    types = [word for stage in STAGES.split(", ") for word in ("--hook-type", stage)]
    assert pushing.attempt(pushing.runner, "install", *types).code == 0, "the framework takes its place back"
    assert_push_refused(pushing, pushing.attempt("git", "push", "origin", "main"), marked)
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    assert pushing.attempt(byline, "uninstall").code == 0
    assert {name: (hooks / name).read_bytes() for name in before} == before


def test_try_repo(frameworks: Programs, hook_repository: Path, tmp_path: Path) -> None:
    clone = Framework.begin(tmp_path / "clone", frameworks)
    clone.settings = installer_settings() | {"PRE_COMMIT_HOME": str(tmp_path / "store")}
    clone.commit("Start the project", {"byline.toml": BAN})
    clone.stage({"notes.txt": f"{RESIDUE}\n"})
    ended = clone.attempt("pre-commit", "try-repo", str(hook_repository), "byline-staged")
    assert ended.code == 1, ended.out + ended.err
    assert f"seen  notes.txt:1: {RESIDUE}" in printed(ended)
