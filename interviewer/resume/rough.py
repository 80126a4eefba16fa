"""What a reader of one format hands on: text as it stood in the file, not tidied yet."""

from typing import NamedTuple


class RoughText(NamedTuple):
    """The text as read; `pages` is None for formats that have no pages until someone prints them."""

    text: str
    pages: int | None = None
