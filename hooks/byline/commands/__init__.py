"""The places byline is started from: one file each, named as the command."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "scan": "find the marks of AI tools in commits; judge nothing",
    "check": "find the marks and hold them against the policy",
    "ci": "judge the change that a CI run is about, in any CI system",
    "hook": "what git and the pre-commit framework start",
    "annotate": "write notes on commits, or show how their messages should read",
    "tools": "list the tools byline knows, or the marks of one of them",
    "explain": "tell what a mark means, or the story of a commit",
    "policy": "check, show and test policy files, list presets, compare",
    "init": "look at the repository and write a first policy",
    "install": "make plain git hooks that run byline in this repository",
    "uninstall": "take them out again",
    "log": "tell what a server decided about pushes",
    "doctor": "look for what is wrong with byline on a server",
}
"""Command to what it does. `byline NAME` runs `run(arguments)` of the module with that name."""
