import os
import stat
import subprocess

import pytest

from byline.actions.install_hooks import ObstacleError, install, uninstall
from byline.errors import BylineError

PUSHED = b"refs/heads/a 1111 refs/heads/a 0000\nrefs/heads/b 2222 refs/heads/b 0000\n"


@pytest.fixture
def python(tmp_path):
    """A stand-in for Python, at a path that needs quoting: tells how it was started, and its standard input."""
    place = tmp_path / "it's a $HOME/python"
    place.parent.mkdir()
    place.write_text('#!/bin/sh\nprintf "byline:"; printf " [%s]" "$@"; echo; cat\nexit ${BYLINE_CODE:-0}\n')
    place.chmod(0o755)
    return str(place)


@pytest.fixture
def hooks(tmp_path):
    directory = tmp_path / "hooks"
    directory.mkdir()
    return directory


def write_hook(hooks, stage, text, mode=0o755):
    path = hooks / stage
    path.write_text(text)
    path.chmod(mode)
    return path


def snapshot(directory):
    return {
        path.name: (path.is_symlink() and os.readlink(path), path.read_bytes(), stat.S_IMODE(path.lstat().st_mode))
        for path in directory.iterdir()
    }


def start(hook, *arguments, feed=b"", **environ):
    return subprocess.run(
        [str(hook), *arguments], input=feed, capture_output=True, check=False, env={**os.environ, **environ}
    )


def test_the_hook_runs_byline_with_this_very_python_in_isolation(hooks, python):
    install(str(hooks), ["commit-msg"], python)
    done = start(hooks / "commit-msg", ".git/COMMIT EDITMSG")
    assert done.stdout == (
        b"byline: [-I] [-c] [from byline.cli import run_process; run_process()]"
        b" [hook] [commit-msg] [.git/COMMIT EDITMSG]\n"
    )
    assert done.stderr == b""


@pytest.mark.parametrize("stage", ["commit-msg", "pre-push"])
def test_the_exit_code_of_byline_is_the_hook_s(hooks, python, stage):
    install(str(hooks), [stage], python)
    assert start(hooks / stage, BYLINE_CODE="3").returncode == 3


def test_the_lines_of_a_push_reach_byline(hooks, python):
    install(str(hooks), ["pre-push"], python)
    done = start(hooks / "pre-push", "origin", "url", feed=PUSHED)
    assert done.stdout.endswith(b"[pre-push] [origin] [url]\n" + PUSHED)
    assert start(hooks / "pre-push", "origin", "url").stdout.endswith(b"[url]\n")


def test_a_hook_that_was_there_runs_first_with_the_same_arguments_and_input(hooks, python):
    write_hook(hooks, "pre-push", '#!/bin/sh\necho "old: $1 $2"\ncat\n')
    install(str(hooks), ["pre-push"], python)
    done = start(hooks / "pre-push", "origin", "url", feed=PUSHED)
    assert done.stdout.startswith(b"old: origin url\n" + PUSHED + b"byline:")
    assert done.stdout.endswith(PUSHED)


@pytest.mark.parametrize("stage", ["commit-msg", "pre-push"])
def test_a_hook_that_was_there_can_still_refuse(hooks, python, stage):
    write_hook(hooks, stage, "#!/bin/sh\nexit 9\n")
    install(str(hooks), [stage], python)
    done = start(hooks / stage, feed=PUSHED * 5000)
    assert done.returncode == 9
    assert done.stdout == b""
    assert done.stderr == b""


def test_a_hook_that_git_would_not_run_is_kept_but_not_run(hooks, python):
    write_hook(hooks, "commit-msg", "#!/bin/sh\nexit 9\n", mode=0o644)
    install(str(hooks), ["commit-msg"], python)
    assert start(hooks / "commit-msg").returncode == 0


@pytest.mark.parametrize(("stage", "code"), [("commit-msg", 1), ("pre-push", 1), ("prepare-commit-msg", 0)])
def test_a_python_that_is_gone_is_said_with_the_remedy(hooks, stage, code):
    install(str(hooks), [stage], "/gone/python")
    done = start(hooks / stage)
    assert done.returncode == code
    assert b"its Python is gone: /gone/python" in done.stderr
    assert b"byline install" in done.stderr


def test_installing_twice_changes_nothing(hooks, python):
    write_hook(hooks, "commit-msg", "#!/bin/sh\n")
    install(str(hooks), ["commit-msg"], python)
    before = snapshot(hooks)
    (step,) = install(str(hooks), ["commit-msg"], python)
    assert snapshot(hooks) == before
    assert step.words == "is in place"


def test_another_python_renews_the_hook_and_keeps_the_older_one(hooks, python):
    write_hook(hooks, "commit-msg", "#!/bin/sh\necho old\n")
    install(str(hooks), ["commit-msg"], "/gone/python")
    install(str(hooks), ["commit-msg"], python)
    assert start(hooks / "commit-msg").stdout.startswith(b"old\nbyline:")


def test_uninstall_restores_every_byte_mode_and_link(hooks, python):
    write_hook(hooks, "commit-msg", "#!/bin/sh\necho \xff\n", mode=0o744)
    write_hook(hooks, "elsewhere.sh", "#!/bin/sh\n")
    (hooks / "pre-push").symlink_to("elsewhere.sh")
    (hooks / "pre-commit.sample").write_text("sample")
    before = snapshot(hooks)
    stages = ["commit-msg", "pre-push", "post-commit"]
    install(str(hooks), stages, python)
    assert snapshot(hooks) != before
    uninstall(str(hooks), stages)
    assert snapshot(hooks) == before


def test_uninstall_without_hooks_does_nothing(hooks):
    write_hook(hooks, "commit-msg", "#!/bin/sh\n")
    before = snapshot(hooks)
    assert uninstall(str(hooks), ["commit-msg", "pre-push"]) == ()
    assert snapshot(hooks) == before


def test_a_hook_of_ours_that_somebody_edited_is_left_alone(hooks, python):
    install(str(hooks), ["commit-msg"], python)
    with open(hooks / "commit-msg", "a") as hook:
        hook.write("echo mine\n")
    before = snapshot(hooks)
    for act in (lambda: install(str(hooks), ["commit-msg"], python), lambda: uninstall(str(hooks), ["commit-msg"])):
        with pytest.raises(ObstacleError, match="was edited"):
            act()
    assert snapshot(hooks) == before


def test_one_obstacle_stops_all_before_anything_changes(hooks, python):
    write_hook(hooks, "pre-push", "#!/bin/sh\n")
    write_hook(hooks, "pre-push.before-byline", "#!/bin/sh\n")
    write_hook(hooks, "post-commit", '#!/bin/sh\nexec run-hook "$(basename "$0")"\n')
    before = snapshot(hooks)
    with pytest.raises(ObstacleError) as caught:
        install(str(hooks), ["commit-msg", "pre-push", "post-commit"], python)
    assert snapshot(hooks) == before
    assert "pre-push.before-byline exist" in str(caught.value)
    assert 'byline hook post-commit "$@"' in str(caught.value)


def test_a_framework_that_came_later_and_keeps_our_hook_is_not_chained_to_itself(hooks, python):
    install(str(hooks), ["commit-msg"], python)
    (hooks / "commit-msg").rename(hooks / "commit-msg.legacy")
    write_hook(hooks, "commit-msg", '#!/bin/sh\n"${0%/*}/commit-msg.legacy" "$@"\n')
    before = snapshot(hooks)
    (step,) = install(str(hooks), ["commit-msg"], python)
    assert "runs already" in step.words
    assert snapshot(hooks) == before
    uninstall(str(hooks), ["commit-msg"])
    assert sorted(path.name for path in hooks.iterdir()) == ["commit-msg"]


def test_uninstall_leaves_a_hook_that_took_byline_s_place_and_tells_of_the_older_one(hooks, python):
    write_hook(hooks, "commit-msg", "#!/bin/sh\necho first\n")
    install(str(hooks), ["commit-msg"], python)
    write_hook(hooks, "commit-msg", "#!/bin/sh\necho third\n")
    before = snapshot(hooks)
    (step,) = uninstall(str(hooks), ["commit-msg"])
    assert "commit-msg.before-byline" in step.words
    assert snapshot(hooks) == before


def test_the_directory_is_made_when_the_template_had_none(tmp_path, python):
    install(str(tmp_path / "new" / "hooks"), ["commit-msg"], python)
    assert start(tmp_path / "new" / "hooks" / "commit-msg").returncode == 0


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, python):
    (tmp_path / "hooks").write_text("a file")
    with pytest.raises(BylineError, match="cannot be changed"):
        install(str(tmp_path / "hooks"), ["commit-msg"], python)
