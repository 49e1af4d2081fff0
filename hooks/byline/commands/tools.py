"""`byline tools`: the tools byline knows, and the marks of one of them."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from byline.catalogue.schema import Tool
from byline.commands.arguments import Parser, add_policy
from byline.commands.judge import find_catalogue
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_OK, UsageError
from byline.model import Hosting, Mode
from byline.reporters.notices import say
from byline.reporters.output import columns
from byline.reporters.tool_table import tool_page, tool_table

_SUMMARY = "List the AI tools byline knows, with those that the repository's policy defines, or all marks of one tool."
_EXAMPLES = """\
examples:
  byline tools
  byline tools --vendor openai --mode agent
  byline tools claude-code
  byline tools --format markdown > docs/catalogue.md
"""


def run(arguments: Sequence[str]) -> int:
    """List tools, or the marks of one. Returns the exit code."""
    parser = Parser("tools", _SUMMARY, _EXAMPLES)
    parser.add_argument("name", nargs="?", metavar="NAME", help="a tool, by the name a policy would use")
    parser.add_argument("--vendor", help="only tools of this vendor")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], help="only tools that can be used so")
    parser.add_argument("--hosting", choices=[hosting.value for hosting in Hosting], help="only tools that run there")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="markdown for a page of it all")
    parser.add_argument("--repo", metavar="DIR", help="the repository whose policy counts (default: where you are)")
    add_policy(parser, "take this policy's definitions of tools")
    options = parser.parse_args(arguments)
    catalogue = find_catalogue(repository_if_any(options.repo), options.policy)
    if options.name is None:
        chosen = [
            tool
            for tool in catalogue.tools.values()
            if (options.vendor is None or tool.vendor == options.vendor.lower())
            and (options.mode is None or Mode(options.mode) in tool.modes)
            and (options.hosting is None or tool.hosting.value == options.hosting)
        ]
        if not chosen and options.vendor is not None:
            _refuse_unknown_vendor(options.vendor, catalogue.tools.values())
        _list(sorted(chosen, key=lambda tool: tool.id), options.format)
        return EXIT_OK
    if options.vendor or options.mode or options.hosting or options.format != "text":
        raise UsageError("NAME cannot be combined with --vendor, --mode, --hosting or --format", "Choose one of them.")
    tool = catalogue.tool(options.name)
    if tool is None:
        close = get_close_matches(options.name.lower(), catalogue.names, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise UsageError(f"byline knows no tool called {options.name}{hint}", "`byline tools` lists them all.")
    say(tool_page(tool, columns()))
    return EXIT_OK


def _list(tools: Sequence[Tool], form: str) -> None:
    if form == "markdown":
        from byline.reporters.catalogue_page import catalogue_page

        say(catalogue_page(tools))
    else:
        say(tool_table(tools))


def _refuse_unknown_vendor(vendor: str, tools: Iterable[Tool]) -> None:
    vendors = sorted({tool.vendor for tool in tools})
    if vendor.lower() not in vendors:
        raise UsageError(f"byline knows no vendor called {vendor}", f"It knows {', '.join(vendors)}.")
