"""How refs move, and in which order."""

import subprocess

from server.gate import EVIL, POLICY


def by_force_over_main(gate):
    """The new value does not descend from the old one."""
    gate.client.git("checkout", "--quiet", "--orphan", "other")
    evil = gate.client.commit(EVIL, {"byline.toml": POLICY})
    gate.push("--force", "other:main")
    return [evil]


def by_force_back_and_forth(gate):
    """First a step back, then forward to something else."""
    gate.client.commit("One\n")
    gate.push("main")
    gate.push("--force", "main~1:main")
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]


def by_deleting_and_making_anew(gate):
    """A deleted branch has no old value to compare with."""
    gate.push("main:feature")
    gate.push(":feature")
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/heads/feature")
    return [evil]


def by_deleting_main_and_its_policy(gate):
    """Without the default branch there would be no policy."""
    gate.configure("receive.denyDeleteCurrent", "ignore")
    gate.push(":main")
    gate.client.git("checkout", "--quiet", "--orphan", "bare")
    evil = gate.client.commit(EVIL, {"byline.toml": None})
    gate.push("bare:refs/heads/main")
    return [evil]


def by_renaming_a_branch(gate):
    """One push deletes the old name and makes the new one, with a commit more."""
    gate.push("main:refs/heads/old")
    evil = gate.client.commit(EVIL)
    gate.push(":old", "main:refs/heads/new")
    return [evil]


def by_pushing_again_and_again(gate):
    """Objects of a refused push must not count as known."""
    evil = gate.client.commit(EVIL)
    for _ in range(3):
        gate.push("main")
    return [evil]


def with_objects_that_are_there_already(gate):
    """The objects are in the repository, only no ref leads to them; git then sends none."""
    evil = gate.client.commit(EVIL)
    pack = gate.client.git_bytes("pack-objects", "--revs", "--stdout", "-q", feed=b"main\n")
    gate.server.git_bytes("index-pack", "--stdin", feed=pack)
    gate.push("main")
    return [evil]


def through_a_borrowed_object_store(gate):
    """The objects come from a repository that the server borrows from, as forks do."""
    evil = gate.client.commit(EVIL)
    (gate.server.git_dir / "objects" / "info" / "alternates").write_text(f"{gate.client.git_dir}/objects\n")
    gate.push("main")
    return [evil]


def from_a_shallow_clone(gate):
    """The pushed history is cut off above the violating commit."""
    evil = gate.client.commit(EVIL, {"a": "1\n"})
    gate.client.commit("Two\n", {"b": "1\n"})
    gate.configure("receive.shallowUpdate", "true")
    shallow = gate.client.path.parent / "shallow"
    gate.client.git("clone", "--quiet", "--depth=1", f"file://{gate.client.path}", str(shallow))
    tip = gate.client.head
    subprocess.run(["git", "push", gate.url, "HEAD:refs/heads/cut"], cwd=shallow, capture_output=True, check=False)
    return [evil, tip]


def through_a_laxer_ref_first(gate):
    """A scope lets it into a scratch branch; then it is not new to the repository any more."""
    scope = '\n[[scope]]\nbranches = ["scratch/*"]\nai = "allow"\n'
    gate.client.commit("Let scratch branches be\n", {"byline.toml": POLICY + scope})
    gate.push("main")
    evil = gate.client.commit(EVIL)
    assert gate.push("main:refs/heads/scratch/x").returncode == 0
    gate.push("main")
    gate.push("main:refs/heads/feature")
    gate.push("main:refs/tags/v1")
    gate.push(":scratch/x")
    return [evil]


def through_a_laxer_ref_in_one_push(gate):
    """The update hook sees the second ref when the first one is in already."""
    gate.hook("update")
    (gate.server.path / "hooks" / "pre-receive").unlink()
    scope = '\n[[scope]]\nbranches = ["a-scratch"]\nai = "allow"\n'
    gate.client.commit("Let scratch branches be\n", {"byline.toml": POLICY + scope})
    gate.push("main")
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/heads/a-scratch", "main:refs/heads/z", "main")
    gate.push(":a-scratch")
    return [evil]


def by_a_pusher_who_is_let_off_and_then_another(gate):
    """What one pusher may bring into a branch, another one could carry on to the next."""
    exempt = '\n[[exempt]]\npushers = ["bot"]\nbranches = ["vendor"]\nreason = "imports"\n'
    gate.client.commit("Let the bot be\n", {"byline.toml": POLICY + exempt})
    gate.push("main")
    evil = gate.client.commit(EVIL)
    assert gate.push("main:refs/heads/vendor", env={"REMOTE_USER": "bot"}).returncode == 0
    gate.push("main:refs/heads/feature", env={"REMOTE_USER": "mallory"})
    gate.push("main", env={"REMOTE_USER": "mallory"})
    gate.push(":vendor")
    return [evil]
