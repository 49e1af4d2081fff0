"""The hooks byline can be: one file each, named as git names it."""

from collections.abc import Mapping

STAGES: Mapping[str, str] = {
    "pre-commit": "judge what is staged, before the message is written",
    "pre-merge-commit": "the same for a merge",
    "prepare-commit-msg": "say in the editor how the policy wants AI use disclosed",
    "commit-msg": "judge the commit that is about to be made, with its message",
    "post-commit": "tell when a commit was made that the policy would have blocked",
    "pre-push": "judge the commits that are about to be pushed",
}
"""Stage to what it does. `byline hook STAGE` runs `run(arguments, policy)` of the module with that name."""
