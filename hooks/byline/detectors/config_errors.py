"""Why a configuration file was not read, and the bounds within which it is."""

LARGEST = 1 << 20
"""Bytes of a configuration file that is read."""

DEEPEST = 100
"""Levels of nesting that are read."""


class UnreadableError(Exception):
    """The file is not what its name says; the text says where and why, as the rest of a sentence."""
