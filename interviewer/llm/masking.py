"""Takes keys out of text that came from a server, before anything keeps it."""

import re

from pydantic import SecretStr

LONGEST_DETAIL = 200
"""Characters of a server's text that are kept: enough for its first sentence."""

SHORTEST_TELLING_KEY = 8
"""A shorter key (`ollama`, `none`) may be an ordinary word of a completion, and guards nothing."""

MASK = "***"

_KEY_LIKE = re.compile(
    r"""\b(?:bearer|basic)\s+\S+            # an echoed Authorization header
      | \b(?:sk|pk|rk|xai|nvapi|fw)-[\w*.-]{4,}   # OpenAI, Anthropic, OpenRouter, xAI, ... also partly starred
      | \b(?:gsk|hf|r8|csk)_[\w*.-]{4,}     # Groq, Hugging Face, Replicate, Cerebras
      | \bAIza[\w*.-]{4,}                   # Google""",
    re.IGNORECASE | re.VERBOSE,
)


class Masker:
    """Knows one key, and what keys look like. Its repr shows neither."""

    def __init__(self, key: SecretStr | None) -> None:
        self._key = key

    def detail(self, text: str) -> str:
        """`text` without keys and control characters, on one line, at most LONGEST_DETAIL characters."""
        line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        masked = _KEY_LIKE.sub(MASK, self._without_key(line))
        masked = self._without_key(masked)  # a mask can complete a key that has asterisks in it
        return masked if len(masked) <= LONGEST_DETAIL else masked[: LONGEST_DETAIL - 1] + "…"

    def completion(self, text: str) -> str:
        """`text` as it is, but for the key itself: a server may echo its request."""
        if self._key is None or len(self._key.get_secret_value()) < SHORTEST_TELLING_KEY:
            return text
        return self._without_key(text)

    def _without_key(self, text: str) -> str:
        key = self._key.get_secret_value() if self._key else ""
        if not key.strip(MASK):
            return text  # no key; and one of mask characters only could never be masked
        while key in text:  # each turn takes out a character that no mask brings back
            text = text.replace(key, MASK)
        return text
