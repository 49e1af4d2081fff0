"""The text of `byline --help`."""

from byline.commands import COMMANDS
from byline.errors import EXIT_CODES

_EXAMPLES = """\
examples:
  byline scan                      marks in the whole history of HEAD
  byline check main..feature       would the policy let these commits through?
  byline check --staged            the same for what is staged
  byline explain HEAD              what byline makes of the last commit, and why
  byline install                   run byline at every commit and push here
"""


def overview() -> str:
    """What byline is, its commands, examples and exit codes."""
    commands = "\n".join(f"  {name:<11}{summary}" for name, summary in COMMANDS.items())
    codes = "\n".join(f"  {code:<5}{meaning}" for code, meaning in EXIT_CODES.items())
    return (
        "usage: byline COMMAND [OPTIONS]\n\n"
        "Keeps AI use in a Git repository on the record: finds the marks that AI tools leave in\n"
        "commits and holds them against the repository's own policy (byline.toml).\n\n"
        f"commands:\n{commands}\n\n{_EXAMPLES}\n"
        f"exit codes:\n{codes}\n\n"
        "`byline COMMAND --help` tells more about each. `byline --version` tells the version."
    )
