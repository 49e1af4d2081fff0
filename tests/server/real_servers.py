"""Servers as administrators run them: sshd, Apache with git's own backend, gitolite. Each on a port of the loopback.

What is not installed is installed with apt-get if root runs the tests; otherwise the tests that need it are skipped.
"""

import base64
import contextlib
import fcntl
import getpass
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from real_git import isolated_environment
from server.gate import Gate

SBIN = "/usr/sbin:/sbin"
PASSWORDS = {"ada": "secret-of-ada", "bot": "secret-of-bot"}


def need(program: str, *packages: str) -> str:
    """The path of a program, installed if need be."""
    path = f"{os.environ['PATH']}:{SBIN}"
    if shutil.which(program, path=path) is None:
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            pytest.skip(f"{program} is not installed, and only root can install it")
        with open(Path(tempfile.gettempdir()) / "byline-tests-apt.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if shutil.which(program, path=path) is None:
                environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
                for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
                    subprocess.run(["apt-get", "-qq", *command], check=True, env=environment, capture_output=True)
    found = shutil.which(program, path=path)
    assert found is not None
    return found


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that every account can enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="byline-real-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """A server in the foreground, until it takes connections; ended by its own process id."""
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env, start_new_session=True)
    try:
        until = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{command[0]} did not start: {log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


class SshServer:
    """An sshd of our own. `account` is who pushes, `command` the client's GIT_SSH_COMMAND."""

    def __init__(self, folder: Path, account: str, authorized: Path | None = None) -> None:
        self.folder = folder
        self.account = account
        self.port = free_port()
        self.key = folder / "key"
        for key in (self.key, folder / "host"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        self.authorized = authorized or folder / "authorized"
        if authorized is None:
            shutil.copy(folder / "key.pub", self.authorized)

    @property
    def command(self) -> str:
        known = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        return f"ssh -F /dev/null -i {self.key} -p {self.port} {known} -o IdentitiesOnly=yes -o SendEnv=*"

    def url(self, path: str) -> str:
        return f"ssh://{self.account}@127.0.0.1:{self.port}/{path.lstrip('/')}"

    @contextlib.contextmanager
    def started(self) -> Iterator["SshServer"]:
        sshd = need("sshd", "openssh-server")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        config = self.folder / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host\nPidFile {self.folder}/pid\n"
            f"AuthorizedKeysFile {self.authorized}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
            "PasswordAuthentication no\nAcceptEnv *\nLogLevel ERROR\n"
        )
        with running([sshd, "-D", "-e", "-f", str(config)], self.port, self.folder / "sshd.log"):
            yield self


_APACHE = """\
ServerRoot {folder}
ServerName 127.0.0.1
PidFile {folder}/pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
{modules}
{account}
ScriptAlias /git/ {backend}/
SetEnv GIT_PROJECT_ROOT {root}
SetEnv GIT_HTTP_EXPORT_ALL 1
<Directory />
  Require all granted
</Directory>
<Location /git/>
  AuthType Basic
  AuthName git
  AuthUserFile {folder}/passwords
  Require valid-user
</Location>
"""
_LOAD = "LoadModule {0}_module /usr/lib/apache2/modules/mod_{0}.so"
_MODULES = ("mpm_prefork", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "cgi", "alias", "env")


class HttpServer:
    """An Apache of our own with git's http-backend. As root it runs as www-data, which must own the repositories."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.port = free_port()

    def url(self, repository: str, user: str) -> str:
        return f"http://{user}:{PASSWORDS[user]}@127.0.0.1:{self.port}/git/{repository}"

    @contextlib.contextmanager
    def started(self) -> Iterator["HttpServer"]:
        apache = need("apache2", "apache2")
        core = subprocess.run(["git", "--exec-path"], check=True, capture_output=True, text=True).stdout.strip()
        lines = []
        for user, password in PASSWORDS.items():
            digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
            lines.append(f"{user}:{{SHA}}{digest}\n")
        (self.folder / "passwords").write_text("".join(lines))
        (self.folder / "apache.conf").write_text(
            _APACHE.format(
                folder=self.folder, port=self.port, root=self.root, backend=f"{core}/git-http-backend",
                modules="\n".join(_LOAD.format(name) for name in _MODULES),
                account="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
            )
        )  # fmt: skip
        command = [apache, "-f", str(self.folder / "apache.conf"), "-D", "FOREGROUND"]
        environment = {"PATH": f"/usr/bin:/bin:{SBIN}", "LC_ALL": "C"}
        with running(command, self.port, self.folder / "apache.log", environment):
            yield self


def give_to(account: str, folder: Path) -> None:
    """Make a folder and all in it the account's."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{account}:", str(folder)], check=True)


class RemoteGate(Gate):
    """A gate whose repository may belong to another account, and whose pushes go through a server."""

    def reach_by(self, url: str, command: str = "") -> None:
        """Push to this address from now on."""
        self.client.git("remote", "set-url", "origin", url)
        self.ssh = command

    def push(self, *what, env=None, config=()):
        ssh = {"GIT_SSH_COMMAND": self.ssh} if self.ssh else {}
        return super().push(*what, env=ssh | dict(env or {}), config=config)

    def _asked(self, *arguments: str) -> str:
        environment = isolated_environment(self.server.path.parent) | {"GIT_DIR": str(self.server.path)}
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, env=environment)
        return done.stdout.strip()

    def commits(self) -> set[str]:
        return set(self._asked("--no-replace-objects", "rev-list", "--all").split())

    def tip(self, ref: str) -> str:
        return self._asked("rev-parse", "--verify", "--quiet", ref)


class GitoliteAccount:
    """An account of this machine with gitolite in its home, removed afterwards. Needs root."""

    NAME = "byline-gitolite"

    def __init__(self, home: Path) -> None:
        self.home = home

    @contextlib.contextmanager
    def made(self, key: Path) -> Iterator["GitoliteAccount"]:
        need("gitolite", "gitolite3")
        if os.geteuid() != 0:
            pytest.skip("gitolite needs an account of its own, which only root can make")
        with contextlib.suppress(KeyError):
            pwd.getpwnam(self.NAME)
            subprocess.run(["userdel", self.NAME], check=False, capture_output=True)
        command = ["useradd", "--system", "--home-dir", str(self.home), "--shell", "/bin/sh", self.NAME]
        subprocess.run(command, check=True, capture_output=True)
        try:
            subprocess.run(["usermod", "-p", "*", self.NAME], check=True)
            self.home.mkdir(mode=0o755)
            shutil.copy(key, self.home / "ada.pub")
            give_to(self.NAME, self.home)
            self.run("gitolite", "setup", "-pk", "ada.pub")
            yield self
        finally:
            subprocess.run(["userdel", self.NAME], check=False, capture_output=True)

    def run(self, *command: str) -> str:
        """Run something as the account, in its home."""
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "USER": self.NAME, "LOGNAME": self.NAME}
        done = subprocess.run(
            ["setpriv", f"--reuid={self.NAME}", f"--regid={self.NAME}", "--clear-groups", *command],
            cwd=self.home, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


def whoami() -> str:
    """The account that runs the tests."""
    return getpass.getuser()
