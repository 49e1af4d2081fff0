"""Pushes through real servers: over ssh, over HTTP, through gitolite; from this git and from the newest one."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from newest_git import NoNewestGit, cache_folder, newest_git, wanted
from server.gate import EVIL, POLICY
from server.real_servers import (
    GitoliteAccount,
    HttpServer,
    RemoteGate,
    SshServer,
    give_to,
    public_folder,
    whoami,
)

CACHE = cache_folder()
"""Asked before the tests get a home of their own."""


@pytest.fixture
def ssh_gate(server_python: Path) -> Iterator[RemoteGate]:
    """A guarded repository behind sshd."""
    with public_folder() as folder, SshServer(folder, whoami()).started() as server:
        gate = RemoteGate(folder, server_python)
        gate.start(POLICY)
        gate.reach_by(server.url(gate.url), server.command)
        yield gate


@pytest.fixture
def http_gate(server_python: Path) -> Iterator[RemoteGate]:
    """A guarded repository behind Apache."""
    with public_folder() as folder:
        web = folder / "web"
        web.mkdir()
        with HttpServer(web, folder).started() as server:
            gate = RemoteGate(folder, server_python)
            gate.start(POLICY + '\n[[exempt]]\npushers = ["bot"]\nreason = "imports"\n')
            gate.configure("http.receivepack", "true")
            gate.configure("receive.advertisePushOptions", "true")
            give_to("www-data", gate.server.path)
            gate.url_of = lambda user: server.url("server.git", user)
            gate.reach_by(gate.url_of("ada"))
            yield gate


def clean_passes_and_violating_does_not(gate: RemoteGate) -> None:
    clean = gate.client.commit("Fix the parser\n", {"a.py": "a = 1\n"})
    done = gate.push("main")
    assert done.returncode == 0, done.stderr
    assert gate.tip("refs/heads/main") == clean
    evil = gate.client.commit(EVIL, {"b.py": "b = 1\n"})
    done = gate.push("main", "main:refs/heads/other", "main:refs/tags/v1")
    assert done.returncode != 0
    assert f"remote: BLOCKED  {evil[:10]}" in done.stderr
    assert evil not in gate.commits()


def test_over_ssh(ssh_gate):
    clean_passes_and_violating_does_not(ssh_gate)
    assert ssh_gate.last()["pusher"] == whoami()


def test_over_ssh_what_the_client_sends_along_does_not_count(ssh_gate, tmp_path):
    """The sshd of this test takes over every variable, which no administrator should let it do."""
    lax = tmp_path / "lax.toml"
    lax.write_text('[policy]\nai = "allow"\n')
    grafts = tmp_path / "grafts"
    first = ssh_gate.client.head
    evil = ssh_gate.client.commit(EVIL)
    grafts.write_text(f"{ssh_gate.client.commit('Two' + chr(10))} {first}\n")
    sent = {
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "byline.policy", "GIT_CONFIG_VALUE_0": str(lax),
        "GIT_GRAFT_FILE": str(grafts), "BYLINE_POLICY": str(lax), "PYTHONPATH": str(tmp_path),
        "GIT_REPLACE_REF_BASE": "refs/heads/", "REMOTE_USER": "bot", "GL_USERNAME": "bot",
        "GL_PROJECT_PATH": "arrived",
    }  # fmt: skip
    # git takes its own variables from the environment of ssh, but not from what is written before ssh
    before = "".join(f"{name}={value} " for name, value in sent.items())
    done = ssh_gate.push("main", env={"GIT_SSH_COMMAND": f"env {before} {ssh_gate.ssh}"})
    assert ssh_gate.last()["project"] == "arrived", "the variables did not even get here"
    assert done.returncode != 0
    assert evil not in ssh_gate.commits()
    assert ssh_gate.last()["pusher"] == whoami()


def test_over_http_with_the_account_that_logged_in(http_gate):
    clean_passes_and_violating_does_not(http_gate)
    assert (http_gate.last()["pusher"], http_gate.last()["pusher_from"]) == ("ada", "REMOTE_USER")
    assert "secret-of-ada" not in http_gate.log.read_text()
    http_gate.reach_by(http_gate.url_of("bot"))
    assert http_gate.push("main").returncode == 0
    assert http_gate.last()["pusher"] == "bot"


def test_over_http_push_options_arrive(http_gate):
    http_gate.client.commit("Fix the parser\n")
    assert http_gate.push("-o", "byline.reason=x", "main").returncode == 0
    assert http_gate.last()["push_options"] == ["byline.reason=x"]


def test_over_http_many_commits_and_a_large_file(http_gate):
    for number in range(30):
        http_gate.client.commit(f"Change {number}\n", {"a.py": f"a = {number}\n"})
    http_gate.client.commit("Large\n", {"large": os.urandom(12 << 20)})
    assert http_gate.push("main", config=["-c", "http.postBuffer=1048576"]).returncode == 0
    assert http_gate.last()["counts"]["judged"] == 31


@pytest.mark.slow
@pytest.mark.parametrize("side", ["client", "server and client"])
def test_with_the_newest_git(gate, side):
    """Locally both ends are the git that is found first; over ssh the server's stays the machine's own."""
    try:
        newest = newest_git(CACHE, build=wanted())
    except NoNewestGit as reason:
        pytest.skip(str(reason))
    path = {"PATH": f"{newest}:{os.environ['PATH']}"}
    if side == "client":
        script = f'PATH="{os.environ["PATH"]}" exec git-receive-pack "$@"'
        receive = ("--receive-pack", f"sh -c '{script}' --")
    else:
        receive = ()
    clean = gate.client.commit("Fix the parser\n", {"a.py": "a = 1\n"})
    done = gate.push(*receive, "main", env=path)
    assert done.returncode == 0, done.stderr
    assert gate.has(clean)
    evil = gate.client.commit(EVIL)
    assert gate.push(*receive, "main", "main:refs/tags/v1", env=path).returncode != 0
    assert not gate.has(evil)
    assert gate.last()["outcome"] == "refused"


@pytest.fixture
def gitolite(server_python: Path) -> Iterator[tuple[RemoteGate, GitoliteAccount]]:
    """gitolite's repository `testing` behind sshd, with byline's hooks put up by `byline install server`."""
    with public_folder() as folder:
        keys = folder / "keys"
        keys.mkdir()
        account = GitoliteAccount(folder / "home")
        server = SshServer(keys, account.NAME, authorized=folder / "home" / ".ssh" / "authorized_keys")
        with account.made(keys / "key.pub"), server.started():
            rc = account.home / ".gitolite.rc"
            rc.write_text(rc.read_text().replace("%RC = (", '%RC = (\n    LOCAL_CODE => "$ENV{HOME}/local",', 1))
            account.run("mkdir", "-p", "local")
            gate = RemoteGate(folder, server_python)
            gate.client.commit("Begin\n", {"byline.toml": POLICY})
            gate.reach_by(f"{account.NAME}@127.0.0.1:testing", server.command)
            assert gate.push("main:refs/heads/main").returncode == 0
            gate.server.path = account.home / "repositories" / "testing.git"
            account.run("git", "--git-dir=repositories/testing.git", "symbolic-ref", "HEAD", "refs/heads/main")
            yield gate, account


def install(account: GitoliteAccount, python: Path, *options: str) -> None:
    account.run(
        str(python),
        "-I",
        "-m",
        "byline",
        "install",
        "server",
        "--kind",
        "gitolite",
        "--to",
        f"{account.home}/local",
        *options,
    )


def test_through_gitolite(gitolite, server_python):
    gate, account = gitolite
    install(account, server_python)
    account.run("gitolite", "setup")
    clean_passes_and_violating_does_not(gate)
    assert (gate.last()["pusher"], gate.last()["pusher_from"]) == ("ada", "GL_USER")
    assert gate.last()["project"] == "testing"


def test_as_a_vref_of_gitolite(gitolite, server_python):
    gate, account = gitolite
    install(account, server_python, "--stage", "update")
    conf = account.home / ".gitolite" / "conf" / "gitolite.conf"
    conf.write_text(conf.read_text() + "\nrepo testing\n    -   VREF/byline = @all\n")
    account.run("gitolite", "setup")
    clean = gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode == 0, done.stderr
    assert gate.tip("refs/heads/main") == clean
    evil = gate.client.commit(EVIL)
    done = gate.push("main")
    assert done.returncode != 0
    assert "this push is refused" in done.stderr
    assert evil not in gate.commits()
    assert gate.last("update")["pusher"] == "ada"


def test_a_second_sshd_is_not_left_behind(tmp_path):
    """The servers of these tests end with them."""
    with public_folder() as folder:
        server = SshServer(folder, whoami())
        with server.started():
            pass
        done = subprocess.run(
            ["ssh-keyscan", "-T", "1", "-p", str(server.port), "127.0.0.1"], capture_output=True, check=False
        )
    assert not done.stdout
