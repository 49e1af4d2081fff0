"""Everything that is fuzzed, by name."""

from fuzz.file_parsers import FILE_PARSERS
from fuzz.parsers import PARSERS

TARGETS = PARSERS | FILE_PARSERS
