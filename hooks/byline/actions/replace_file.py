"""A file replaced as a whole: whatever happens meanwhile, it holds either what it held or what it was to hold."""

import os
from contextlib import suppress


def replace_file(path: str, data: bytes) -> None:
    """Put `data` in the place of a file's content. Raises OSError, and the file is as it was."""
    real = os.path.realpath(path)
    if not os.access(real, os.W_OK):
        raise PermissionError(13, "it is read-only", path)
    folder, name = os.path.split(real)
    draft = os.path.join(folder, f".{name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.stat(real).st_mode & 0o777)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        os.replace(draft, real)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
