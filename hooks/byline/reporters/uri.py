"""Paths as formats with URIs and with plain texts show them."""

from urllib.parse import quote

from byline.reporters.escape import escape


def relative_uri(path: str) -> str:
    """A path of the repository as a relative URI; bytes that are not UTF-8 are kept."""
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/-._~!$&'()*+,;=@")
    return f"./{uri}" if ":" in uri.split("/", 1)[0] else uri


def plain_path(path: str) -> str:
    """A path of the repository as text."""
    return escape(path)
