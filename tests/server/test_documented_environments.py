"""Hooks started with the variables that each server's documentation names, around a real push with its quarantine."""

import pytest

from server.gate import EVIL, Gate

DOCUMENTED = {
    "gitlab": {
        "GL_ID": "user-7", "GL_PROJECT_PATH": "group/demo", "GL_PROTOCOL": "ssh", "GL_REPOSITORY": "project-12",
        "GL_USERNAME": "ada",
    },
    "ghes": {
        "GITHUB_REPO_NAME": "group/demo", "GITHUB_REPO_PUBLIC": "false", "GITHUB_USER_IP": "192.0.2.7",
        "GITHUB_USER_LOGIN": "ada", "GITHUB_VIA": "pull request merge button",
        "GITHUB_PULL_REQUEST_AUTHOR_LOGIN": "bob", "GITHUB_PULL_REQUEST_HEAD": "bob:x",
        "GITHUB_PULL_REQUEST_BASE": "group:main", "GIT_USER_AGENT": "git/2.39.5",
    },
    "gitea": {
        "GITEA_REPO_NAME": "group/demo", "GITEA_REPO_USER_NAME": "group", "GITEA_REPO_ID": "3",
        "GITEA_REPO_IS_WIKI": "false", "GITEA_PUSHER_NAME": "ada", "GITEA_PUSHER_EMAIL": "ada@example.com",
        "GITEA_PUSHER_ID": "7", "GITEA_KEY_ID": "1", "GITEA_PR_ID": "0", "GITEA_PUSH_TRIGGER": "pr-merge-to-base",
        "GITEA_ROOT_URL": "https://git.example.com/",
    },
    "bitbucket": {
        "BB_HOOK_TRIGGER_ID": "repo-push", "BB_HOOK_TYPE": "PRE", "BB_IS_DRY_RUN": "false", "BB_PROJECT_KEY": "GROUP",
        "BB_REPO_SLUG": "group/demo", "BB_REPO_IS_FORK": "false", "BB_REPO_IS_PUBLIC": "false",
        "BB_BASE_URL": "https://bitbucket.example.com", "BB_USER_NAME": "ada", "BB_USER_DISPLAY_NAME": "Ada",
        "BB_USER_EMAIL": "ada@example.com", "BB_USER_PERMISSION": "REPO_WRITE",
    },
    "gitolite": {
        "GL_USER": "ada", "GL_REPO": "group/demo", "GL_TID": "4711", "GL_LOGFILE": "/dev/null",
        "SSH_ORIGINAL_COMMAND": "git-receive-pack 'group/demo'",
    },
}  # fmt: skip
SOURCES = {
    "gitlab": "GL_USERNAME", "ghes": "GITHUB_USER_LOGIN", "gitea": "GITEA_PUSHER_NAME", "bitbucket": "BB_USER_NAME",
    "gitolite": "GL_USER",
}  # fmt: skip
REST = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}


@pytest.fixture(params=list(DOCUMENTED))
def served(request, gate) -> tuple[Gate, str]:
    """A server of each kind, by its variables alone and with `byline.server` set."""
    kind = request.param
    gate.hook("pre-receive", environment=DOCUMENTED[kind] | REST)
    return gate, kind


@pytest.mark.parametrize("configured", [False, True], ids=["guessed", "configured"])
def test_the_verdict_the_pusher_and_the_project(served, configured):
    gate, kind = served
    if configured:
        gate.configure("byline.server", kind)
    gate.client.commit("Fix the parser\n")
    assert gate.push("main").returncode == 0
    event = gate.last()
    assert (event["server"], event["pusher"], event["pusher_from"], event["project"]) == (
        kind, "ada", SOURCES[kind], "group/demo"
    )  # fmt: skip
    evil = gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0
    assert not gate.has(evil)


def test_the_variables_of_another_server_do_not_name_the_pusher(served):
    gate, kind = served
    gate.configure("byline.server", "forgejo" if kind != "gitea" else "gitlab")
    gate.client.commit("Fix the parser\n")
    assert gate.push("main").returncode == 0
    assert gate.last()["pusher"] is None


@pytest.mark.parametrize(
    ("kind", "ref"),
    [
        ("gitlab", "refs/merge-requests/1/head"), ("gitlab", "refs/keep-around/x"), ("ghes", "refs/pull/1/head"),
        ("gitea", "refs/pull/1/head"), ("bitbucket", "refs/pull-requests/1/from"), ("gerrit", "refs/changes/01/1/1"),
    ],
)  # fmt: skip
def test_refs_that_the_server_writes_itself_are_not_judged_there_and_only_there(gate, kind, ref):
    gate.client.commit(EVIL)
    assert gate.push(f"main:{ref}").returncode != 0
    gate.configure("byline.server", kind)
    assert gate.push(f"main:{ref}").returncode == 0
    assert gate.last()["refs"][0]["action"] == "skip"
    assert gate.push("main").returncode != 0


def test_how_a_push_came_in_is_recorded(gate):
    gate.hook("pre-receive", environment=DOCUMENTED["ghes"])
    gate.client.commit("Fix the parser\n")
    gate.push("main")
    assert gate.last()["via"] == "pull request merge button"


def test_bitbuckets_question_whether_a_merge_would_pass(gate):
    """The merge does not exist yet; what it would bring in does."""
    from server.test_other_hooks import call

    gate.configure("byline.server", "bitbucket")
    main = gate.tip("main")
    clean = gate.client.commit("Fix the parser\n")
    evil = gate.client.commit(EVIL)
    pack = gate.client.git_bytes("pack-objects", "--revs", "--stdout", "-q", feed=b"main\n")
    gate.server.git_bytes("index-pack", "--stdin", feed=pack)
    for source, code in ((clean, 0), (evil, 1)):
        env = DOCUMENTED["bitbucket"] | {"BB_IS_DRY_RUN": "true", "BB_FROM_HASH": source, "BB_MERGE_HASH": ""}
        assert (
            call(gate, "pre-receive", data=f"{main} {'0' * 40} refs/heads/main\n".encode(), env=env).returncode == code
        )
    no_source = DOCUMENTED["bitbucket"] | {"BB_IS_DRY_RUN": "true"}
    line = f"{main} {'0' * 40} refs/heads/main\n".encode()
    assert call(gate, "pre-receive", data=line, env=no_source).returncode == 3


def test_relative_alternates_as_an_appliance_sets_them(gate):
    """The hook's own variables hold paths that are relative to the repository, which is the working directory."""
    hook = gate.server.path / "hooks" / "pre-receive"
    relative = 'GIT_OBJECT_DIRECTORY="./${GIT_OBJECT_DIRECTORY#$PWD/}"\nGIT_ALTERNATE_OBJECT_DIRECTORIES=./objects\n'
    hook.write_text(
        hook.read_text().replace(
            "exec ", f"{relative}export GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\nexec "
        )
    )
    gate.client.commit("Fix the parser\n", {"a": "1\n"})
    done = gate.push("main")
    assert done.returncode == 0, done.stderr
    assert gate.last()["counts"]["judged"] == 1
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


def test_lines_for_gitlabs_pages_begin_with_its_word(gate):
    gate.hook("pre-receive", environment=DOCUMENTED["gitlab"] | {"GL_PROTOCOL": "web"})
    gate.client.commit(EVIL)
    done = gate.push("main")
    assert any(
        line.startswith("remote: GL-HOOK-ERR: byline: this push is refused") for line in done.stderr.splitlines()
    )
