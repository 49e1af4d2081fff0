"""`byline policy presets`: the policies that byline brings along."""

from collections.abc import Sequence

from byline.catalogue.load import load_catalogue
from byline.commands.arguments import Parser
from byline.errors import EXIT_OK, UsageError
from byline.policy.load import parse_policy
from byline.policy.presets import preset_file, read_preset, versions
from byline.policy.tools import Tools
from byline.reporters.notices import say
from byline.reporters.preset_table import PresetRow, preset_page, preset_table

_SUMMARY = "List the policies that byline brings along, or show one of them."
_EXAMPLES = """\
examples:
  byline policy presets                      all of them
  byline policy presets linux-kernel         the newest version of one
  byline policy presets linux-kernel@2025-12 an older one

A policy starts from one with a line such as extends = ["fedora@2025-10"] above its first table.
"""


def run(arguments: Sequence[str]) -> int:
    """List the presets, or print one. Returns the exit code."""
    parser = Parser("policy presets", _SUMMARY, _EXAMPLES)
    parser.add_argument("name", nargs="?", metavar="NAME[@DATE]", help="show this one as it is written")
    options = parser.parse_args(arguments)
    catalogue = load_catalogue()
    if options.name is None:
        files = [f"{name}@{month}.toml" for name, months in versions().items() for month in months]
        say(preset_table([_row(file, catalogue) for file in files]))
        return EXIT_OK
    name, _, date = options.name.partition("@")
    try:
        file = preset_file(name, date)
    except LookupError as problem:
        raise UsageError(str(problem.args[0]), "`byline policy presets` lists them.") from problem
    say(preset_page(_row(file, catalogue), read_preset(file).decode("utf-8")))
    return EXIT_OK


def _row(file: str, catalogue: Tools) -> PresetRow:
    policy = parse_policy(read_preset(file), file, catalogue)
    about = policy.sources[-1].table("preset")
    levels = {level for level, _ in policy.enforce.values()}
    binding = "proposed" if policy.proposed else "warns" if levels and "block" not in levels else "in force"
    return PresetRow(
        file.removesuffix(".toml"),
        str(about["as-of"]),
        str(about["grade"]),
        binding,
        policy.name,
        str(about.get("source") or policy.url),
    )
