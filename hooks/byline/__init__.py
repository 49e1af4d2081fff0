"""Keep AI use in a Git repository on the record."""

__version__ = "0.1.0"
