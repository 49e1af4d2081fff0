"""Clones with byline's hooks, as the integration tests have them."""

from integration.conftest import byline_folder, git_folder, hooked, make_clone, programs

__all__ = ["byline_folder", "git_folder", "hooked", "make_clone", "programs"]
