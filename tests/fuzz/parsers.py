"""The parsers that read what an attacker has written, each as a function from bytes that ends well or with BylineError."""

from byline.catalogue.literals import finder
from byline.errors import BylineError
from byline.repository.blob_lines import TooManyLinesError, hit_lines, streamed_hit_lines
from byline.repository.changed_middle import changed_middle
from byline.repository.commit_object import parse_commit, parse_identity
from byline.repository.configuration import parse_configuration
from byline.repository.line_counts import parse_numbers
from byline.repository.message_file import clean_message
from byline.repository.message_text import decode_message
from byline.repository.patch_input import commits_in_patch
from byline.repository.patch_paths import unquoted_path
from byline.repository.push_updates import read_updates
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers
