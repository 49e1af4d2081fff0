"""Whether a clone has left contents at its remote. See https://git-scm.com/docs/partial-clone"""

import os

from byline.repository.configuration import read_configuration
from byline.repository.location import Repository


def is_partial(repository: Repository, remote: str = "") -> bool:
    """Whether git noted, as it does when it clones, that a remote keeps what is missing here: this one, or any."""
    with open(os.path.join(repository.common_dir, "config"), "rb") as file:
        if b"promisor" not in file.read():
            return False
    settings = read_configuration(repository).settings
    noted = {key for key, value in settings.items() if value == "true" and key.startswith("remote.")}
    return f"remote.{remote.lower()}.promisor" in noted if remote else any(key.endswith(".promisor") for key in noted)
