"""What keeps the hook from doing its work."""

from server.gate import EVIL
from server.ways_in.by_content import LINE


def when_time_runs_out(gate):
    """What could not be checked in time is not let in."""
    gate.configure("byline.deadline", "0.05")
    evil = gate.client.commit(EVIL)
    gate.push("main")
    gate.configure("byline.deadline", "120")
    return [evil]


def when_an_object_cannot_be_read(gate):
    """A file that is missing or damaged on the server must not count as clean."""
    evil = gate.client.commit("Add\n", {"a.py": LINE})
    blob = gate.client.git("rev-parse", "HEAD:a.py")
    hook = gate.server.path / "hooks" / "pre-receive"
    script = hook.read_text().replace("exec ", f'rm -f "$GIT_OBJECT_DIRECTORY"/{blob[:2]}/{blob[2:]}\nexec ')
    kept = hook.read_text()
    hook.write_text(script)
    gate.push("main")
    hook.write_text(kept)
    return [evil]


def when_the_policy_itself_is_missing_from_the_store(gate):
    """git says the same of an object that is lost as of a file that the commit lacks."""
    lost = gate.server.object_file(gate.server.git("rev-parse", "main:byline.toml"))
    kept = lost.read_bytes()
    lost.unlink()
    gate.client.git("switch", "--quiet", "--create", "topic")
    evil = gate.client.commit(EVIL, {"byline.toml": "[policy]\n"})
    gate.push("topic")
    lost.write_bytes(kept)
    return [evil]


def when_the_log_cannot_be_written(gate):
    """A server whose log is full or gone would not know what it let in."""
    gate.configure("byline.log", "/nonexistent/decisions.jsonl")
    evil = gate.client.commit(EVIL)
    gate.push("main")
    gate.server.git("config", "--unset", "byline.log")
    return [evil]


def when_a_setting_is_wrong(gate):
    """A mistake of the administrator's must not open the door."""
    gate.configure("byline.floor", "/nonexistent/policy.toml")
    evil = gate.client.commit(EVIL)
    gate.push("main")
    gate.server.git("config", "--unset", "byline.floor")
    return [evil]
