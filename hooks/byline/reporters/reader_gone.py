"""The reader of the output went away, as in `byline scan | head`: no failure, but nobody to go on for."""


class ReaderGone(BrokenPipeError):
    """Told apart from a broken pipe to a program that byline itself started, which is a failure."""
