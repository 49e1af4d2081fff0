"""Turns the examples that stand in catalogue rows into commits."""

from byline.model import AddedLine, Commit, ConfigFile, FileChange, Identity, Surface, Trailer

PERSON = Identity("Ada Example", "ada@example.com", 1_700_000_000)


def commit(**fields) -> Commit:
    """A commit by a person in which nothing is marked, but for the given fields."""
    blank = Commit(sha="1" * 40, parents=(), author=PERSON, committer=PERSON, message="Fix the parser\n")
    return blank._replace(**fields)


def identity(text: str) -> Identity:
    """`Name <address>` as an identity."""
    name, _, email = text.rpartition(" <")
    return Identity(name, email.removesuffix(">"), 1_700_000_000)


def with_trailer(line: str) -> Commit:
    """A commit that ends with this trailer."""
    key, _, value = line.partition(":")
    return commit(message=f"Fix the parser\n\n{line}\n", trailers=(Trailer(key.strip(), value.strip(), 3),))


def with_config(text: str) -> Commit:
    """A commit that adds the configuration file whose path is the first line and whose content is the rest."""
    path, _, content = text.partition("\n")
    return commit(changes=(FileChange(path, "A"),), configs=(ConfigFile(path, None, content.encode()),))


def commits_for(surface: Surface, example: str, path: str = "src/example.py") -> list[Commit]:
    """The commits in which an example of this surface stands: one, or for identities one a role."""
    if surface is Surface.TRAILER:
        return [with_trailer(example)]
    if surface is Surface.IDENTITY:
        return [commit(author=identity(example)), commit(committer=identity(example))]
    if surface is Surface.MESSAGE:
        return [commit(message=f"Fix the parser\n\n{example}\n")]
    if surface is Surface.LINE:
        return [commit(changes=(FileChange(path, "M"),), added_lines=(AddedLine(path, 7, example),))]
    if surface is Surface.PATH:
        return [commit(changes=(FileChange(example, "A"),))]
    return [with_config(example)]
