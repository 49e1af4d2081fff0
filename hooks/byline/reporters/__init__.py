"""What prints. Nothing outside this package writes to a stream; hostile text is made safe in `escape`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byline.reporters.interface import Output, Reporter

FORMATS: Mapping[str, str] = {
    "text": "byline.reporters.text",
    "json": "byline.reporters.json_document",
    "jsonl": "byline.reporters.jsonl",
    "markdown": "byline.reporters.markdown",
    "sarif": "byline.reporters.sarif",
    "github": "byline.reporters.github",
    "gitlab": "byline.reporters.gitlab",
    "junit": "byline.reporters.junit",
    "checkstyle": "byline.reporters.checkstyle",
    "rdjson": "byline.reporters.rdjson",
    "azure": "byline.reporters.azure",
    "teamcity": "byline.reporters.teamcity",
    "bitbucket": "byline.reporters.bitbucket",
}
"""Format to the module that writes it. Each has `reporter(output) -> Reporter`; only the one asked for is imported."""


def make_reporter(format_name: str, output: "Output") -> "Reporter":
    """The reporter of a format, writing to the output. KeyError for a format that FORMATS does not have."""
    from importlib import import_module

    made: Reporter = import_module(FORMATS[format_name]).reporter(output)
    return made
