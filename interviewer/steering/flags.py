"""What a flagged passage did: the closed set of phrases a recruiter sees."""

from enum import StrEnum


class Flag(StrEnum):
    """One way to steer a scorer, as a short countable phrase."""

    OVERRIDES = "overrides the scorer's instructions"
    ADDRESSES = "instruction to the scorer"
    AUTHORITY = "claims authority over the score"
    ASKS = "asks for a score"
    REPLY = "imitates a scorer's reply"
    MARKUP = "imitates the prompt's markup"
    ENCODED = "encoded instruction"
    INVISIBLE = "invisible characters"
    LIKENESS = "reads like talk to the scorer"
