"""What the environment of the push says."""

from server.gate import EVIL
from server.ways_in.by_policy import LAX


def with_configuration_in_the_environment(gate):
    """git takes configuration from GIT_CONFIG_COUNT and from GIT_CONFIG_PARAMETERS (`git -c`)."""
    lax = gate.client.path.parent / "lax.toml"
    lax.write_text(LAX)
    evil = gate.client.commit(EVIL)
    gate.push("main", config=["-c", f"byline.policy={lax}"])
    counted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "byline.policy", "GIT_CONFIG_VALUE_0": str(lax)}
    gate.push("main", env=counted)
    script = f'export GIT_CONFIG_PARAMETERS="\'byline.policy={lax}\'"; exec git-receive-pack "$@"'
    gate.push(
        "--receive-pack", f"sh -c '{script}' --".replace("'byline", "'\\''byline").replace("}'\"", "}'\\''\""), "main"
    )
    return [evil]


def with_configuration_of_the_account(gate):
    """On some servers the account that git runs as is the pusher's."""
    lax = gate.client.path.parent / "lax.toml"
    lax.write_text(LAX)
    config = gate.client.path.parent / ".gitconfig"
    config.write_text(f"[byline]\n\tpolicy = {lax}\n\tonError = allow\n\tdeadline = 0.001 defer\n")
    evil = gate.client.commit(EVIL)
    gate.push(
        "main", env={"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_SYSTEM": str(config), "GIT_CONFIG_NOSYSTEM": ""}
    )
    return [evil]


def with_variables_for_the_hook(gate):
    """Names that a program might take for settings, or Python for places of modules."""
    folder = gate.client.path.parent / "modules"
    (folder / "byline").mkdir(parents=True)
    (folder / "byline" / "__main__.py").write_text("raise SystemExit(0)\n")
    (folder / "sitecustomize.py").write_text("import os\nos._exit(0)\n")
    lax = folder / "lax.toml"
    lax.write_text(LAX)
    evil = gate.client.commit(EVIL)
    env = {"PYTHONPATH": str(folder), "PYTHONSTARTUP": str(folder / "sitecustomize.py"), "BYLINE_POLICY": str(lax)}
    gate.push("main", env=env | {"BYLINE_SKIP": "1", "SKIP": "byline", "PYTHONINSPECT": "1", "NO_VERIFY": "1"})
    return [evil]


def with_a_graft(gate):
    """A graft file cuts the violating commit out of the history that git sees."""
    first = gate.client.head
    evil = gate.client.commit(EVIL)
    tip = gate.client.commit("Two\n")
    grafts = gate.client.path.parent / "grafts"
    grafts.write_text(f"{tip} {first}\n")
    gate.push("main", env={"GIT_GRAFT_FILE": str(grafts)})
    script = f'export GIT_GRAFT_FILE={grafts}; exec git-receive-pack \\"\\$@\\"'
    gate.push("--receive-pack", f'sh -c "{script}" --', "main")
    return [evil]


def with_a_shallow_file(gate):
    """The same, by the file that names where a shallow clone ends."""
    evil = gate.client.commit(EVIL)
    tip = gate.client.commit("Two\n")
    shallow = gate.client.path.parent / "shallow-file"
    shallow.write_text(f"{tip}\n")
    script = f'export GIT_SHALLOW_FILE={shallow}; exec git-receive-pack \\"\\$@\\"'
    gate.push("--receive-pack", f'sh -c "{script}" --', "main")
    return [evil]


def behind_a_replacement(gate):
    """With refs/replace/ git shows another commit in place of the violating one."""
    first = gate.client.head
    gate.client.commit("Add the retry loop\n", {"a": "1\n"})
    clean = gate.client.head
    gate.client.git("reset", "--quiet", "--hard", first)
    evil = gate.client.commit(EVIL, {"a": "1\n"})
    gate.push(f"{clean}:refs/replace/{evil}")
    gate.push("main")
    return [evil]


def as_the_replacement_itself(gate):
    """The ref under refs/replace/ is what carries it."""
    first = gate.client.head
    evil = gate.client.commit(EVIL)
    gate.push(f"{evil}:refs/replace/{first}")
    return [evil]


def with_push_options(gate):
    """What the pusher asks for is not what the server grants."""
    gate.configure("receive.advertisePushOptions", "true")
    evil = gate.client.commit(EVIL)
    options = ("byline.override=I may", "byline.policy=/dev/null", "byline.skip", "skip-hooks", "byline.onError=allow")
    gate.push(*(word for option in options for word in ("-o", option)), "main")
    return [evil]


def as_somebody_else(gate):
    """The variables of other servers must not say who pushes here."""
    gate.configure("byline.override", "admin")
    gate.configure("byline.server", "plain")
    gate.configure("receive.advertisePushOptions", "true")
    evil = gate.client.commit(EVIL)
    names = ("GL_USERNAME", "GL_ID", "GITHUB_USER_LOGIN", "GITEA_PUSHER_NAME", "BB_USER_NAME", "GL_USER")
    gate.push("-o", "byline.override=x", "main", env=dict.fromkeys(names, "admin") | {"REMOTE_USER": "mallory"})
    return [evil]
