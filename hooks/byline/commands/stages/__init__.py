"""The hooks byline can be: one file each, named as git names it."""

from collections.abc import Mapping

STAGES: Mapping[str, str] = {
    "pre-commit": "judge what is staged, before the message is written",
    "pre-merge-commit": "the same for a merge",
    "prepare-commit-msg": "say in the editor how the policy wants AI use disclosed",
    "commit-msg": "judge the commit that is about to be made, with its message",
    "post-commit": "tell when a commit was made that the policy would have blocked",
    "post-rewrite": "carry notes over to commits that were amended or rebased",
    "pre-push": "judge the commits that are about to be pushed",
}
"""Stage to what it does. `byline hook STAGE` runs `run(arguments, policy)` of the module with that name."""

SERVER_STAGES: Mapping[str, str] = {
    "pre-receive": "on a server: judge a whole push before any of its refs change",
    "update": "on a server: judge one ref of a push",
    "post-receive": "on a server: log what came in, and check what pre-receive put off",
    "ref-update": "on a Gerrit server: judge one ref of a push",
    "reference-transaction": "on a server: judge refs whoever changes them, also without a push",
}
"""The same for the hooks of a server. They take what git or the server hands over, whatever it looks like."""
