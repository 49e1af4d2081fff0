"""Which ref carries it."""

from server.gate import EVIL


def plainly_on_main(gate):
    """The case that every hook handles."""
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]


def below_a_clean_commit(gate):
    """A hook that looks at tips alone sees nothing."""
    evil = gate.client.commit(EVIL)
    gate.client.commit("Tidy up\n", {"a": "1\n"})
    gate.push("main")
    return [evil]


def as_the_last_of_many_refs(gate):
    """A hook that reads one line of its input sees nothing."""
    for number in range(8):
        gate.client.commit(f"Change {number}\n")
        gate.client.git("branch", f"b{number}")
    gate.client.git("checkout", "--quiet", "-b", "zzz")
    evil = gate.client.commit(EVIL)
    gate.push("--all")
    return [evil]


def on_a_new_branch(gate):
    """The old value of a new ref is all zeros, so that OLD..NEW is no range."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/heads/feature")
    return [evil]


def on_a_light_tag_only(gate):
    """A hook that looks at branches alone sees nothing."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/tags/v1")
    return [evil]


def on_an_annotated_tag_only(gate):
    """The new value is a tag object and no commit."""
    evil = gate.client.commit(EVIL)
    gate.client.git("tag", "-a", "-m", "Release", "v1")
    gate.push("v1")
    return [evil]


def on_a_tag_of_a_tag(gate):
    """Two tag objects have to be peeled."""
    evil = gate.client.commit(EVIL)
    gate.client.git("tag", "-a", "-m", "Release", "v1")
    gate.client.git("-c", "advice.nestedTag=false", "tag", "-a", "-m", "Again", "v2", "v1")
    gate.push("v2")
    return [evil]


def by_moving_a_tag(gate):
    """The tag exists already, so that this is an update and no creation."""
    gate.push("main:refs/tags/v1")
    evil = gate.client.commit(EVIL)
    gate.push("--force", "main:refs/tags/v1")
    return [evil]


def under_refs_notes(gate):
    """Notes are commits too, and are not judged as such."""
    evil = gate.client.commit(EVIL, {"a": "1\n"})
    gate.push("main:refs/notes/commits")
    return [evil]


def under_refs_notes_without_files(gate):
    """A commit without files has no path that is not a note's."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/notes/commits")
    return [evil]


def under_refs_pull(gate):
    """Some servers write these refs themselves, but not this one."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/pull/1/head", "main:refs/merge-requests/1/head", "main:refs/changes/01/1/1")
    return [evil]


def as_a_review(gate):
    """Where no review system takes them, refs/for/ are refs like others."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/for/main")
    return [evil]


def under_a_name_that_is_no_text(gate):
    """The name is not UTF-8."""
    evil = gate.client.commit(EVIL)
    gate.push(b"main:refs/heads/caf\xe9".decode("utf-8", "surrogateescape"))
    return [evil]


def under_a_name_that_looks_like_an_option(gate):
    """A name with dashes and equal signs must not become an argument."""
    evil = gate.client.commit(EVIL)
    gate.push("main:refs/heads/--policy=none")
    return [evil]


def as_a_mirror(gate):
    """All refs at once, those of the remote that are missing are deleted."""
    evil = gate.client.commit(EVIL)
    gate.client.git("tag", "v1")
    gate.push("--mirror")
    return [evil]
