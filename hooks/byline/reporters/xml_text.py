"""Texts in XML 1.0, which cannot hold control characters in any way."""

import re

from byline.reporters.escape import escape

_NOT_IN_XML = re.compile("[\ufffe\uffff]")

# not by xml.sax.saxutils, which imports an HTTP client
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def xml_text(text: str) -> str:
    """Text for an element or, within double quotes, for an attribute."""
    safe = _NOT_IN_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", escape(text))
    return safe.translate(_REFERENCES)


def attributes(**values: str | int) -> str:
    """Attributes of an element, with a blank before each."""
    return "".join(f' {name}="{xml_text(str(value))}"' for name, value in values.items())
