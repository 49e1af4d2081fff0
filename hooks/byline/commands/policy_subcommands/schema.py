"""`byline policy schema`: the JSON Schema of policy files."""

import json
from collections.abc import Sequence

from byline.commands.arguments import Parser
from byline.errors import EXIT_OK
from byline.policy.json_schema import json_schema
from byline.reporters.notices import say

_SUMMARY = "Print the JSON Schema of policy files. Editors check and complete byline.toml with it."
_EXAMPLES = """\
Save it, and name it in the first line of byline.toml, for Taplo and for Even Better TOML in VS Code:

  byline policy schema > .byline.schema.json
  #:schema ./.byline.schema.json
"""


def run(arguments: Sequence[str]) -> int:
    """Print the schema. Returns the exit code."""
    Parser("policy schema", _SUMMARY, _EXAMPLES).parse_args(arguments)
    say(json.dumps(json_schema(), indent=2))
    return EXIT_OK
