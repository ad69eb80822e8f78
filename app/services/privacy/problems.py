"""Why a request about privacy has to wait."""


class CannotBeDone(Exception):
    """In a sentence for whoever has to look at it before the deadline."""
