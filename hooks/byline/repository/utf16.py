"""Contents in UTF-16, which no search for ASCII would find anything in."""

import codecs
from collections.abc import Iterator

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def as_utf8(data: bytes) -> bytes:
    """The content as UTF-8 when it begins with the mark of UTF-16, as it is otherwise."""
    if data.startswith(_MARKS):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def utf8_chunks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same for content that comes in pieces, the first of which is not of a single byte."""
    first = next(chunks, b"")
    if not first.startswith(_MARKS):
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
