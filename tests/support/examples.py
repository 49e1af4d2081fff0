"""Turns the examples that stand in catalogue rows into commits."""

from byline.model import AddedLine, Commit, ConfigFile, Environment, FileChange, Identity, Process, Surface, Trailer

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


def made_in(text: str) -> Commit:
    """A commit made where this variable is set (`NAME=value`), or by a program with this command line."""
    name, equals, value = text.partition("=")
    if (equals and name.replace("_", "").isupper()) or (name.replace("_", "").isalnum() and name.isupper()):
        return commit(sha=None, environment=Environment({name: value}))
    words = tuple(text.split(" "))
    title = words[0].replace("\\", "/").rpartition("/")[2][:15]
    return commit(sha=None, environment=Environment({}, (Process("git"), Process(title, words))))


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
    if surface is Surface.ENVIRONMENT:
        return [made_in(example)]
    return [with_config(example)]
