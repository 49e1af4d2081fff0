"""What `byline policy` can do: one file each, named as the subcommand."""

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, str] = {
    "check": "report every fault of the file at once, or say in plain words what it asks for",
    "show": "what holds after everything it extends, each line with where it comes from",
    "test": "run the [[example]]s of the policy",
    "presets": "list the policies that byline brings along, or show one",
    "schema": "the JSON Schema of policy files, for editors",
    "diff": "which commits two policies would decide differently",
}
"""Subcommand to what it does. `byline policy NAME` runs `run(arguments)` of the module with that name."""
