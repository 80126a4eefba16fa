"""Texts to be compared apart from white space and capitals."""


def squashed(text: str) -> str:
    """The text with single spaces, in one case."""
    return " ".join(text.split()).casefold()
