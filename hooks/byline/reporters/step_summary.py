"""The summary of a GitHub Actions step: a file that several commands of a step may add to.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
"""

from collections.abc import Iterator
from contextlib import contextmanager

from byline.errors import BylineError
from byline.reporters.output import GuardedStream


@contextmanager
def open_step_summary(path: str) -> Iterator[GuardedStream]:
    """A stream that adds to the summary. Raises BylineError when it cannot be written."""
    try:
        stream = open(path, "a", encoding="utf-8", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise BylineError(
            f"the job summary cannot be written to {path}: {error.strerror}",
            "Write it elsewhere with --format text --report markdown=FILE.",
        ) from error
    guarded = GuardedStream(stream, path)
    try:
        yield guarded
    finally:
        guarded.close()
