"""Files that are written whole or not at all."""

import os
from contextlib import suppress

from byline.errors import BylineError


def write_whole(path: str, text: str) -> None:
    """Write a text file, keeping the permissions of one that is there. Raises BylineError."""
    import tempfile

    place = os.path.realpath(path)
    try:
        descriptor, draft = tempfile.mkstemp(dir=os.path.dirname(place), prefix=".byline-")
        try:
            with open(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.chmod(draft, _mode(place))
            os.replace(draft, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise BylineError(f"{path} cannot be written: {error.strerror}", "Check its permissions.") from error


def _mode(place: str) -> int:
    try:
        return os.stat(place).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
