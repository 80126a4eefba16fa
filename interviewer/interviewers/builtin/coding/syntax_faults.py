"""Python's messages about code that it cannot parse, told only where they hold nothing of the code itself."""

import re

OF_PYTHON = (
    r"""'(?:[()\[\]{}:=!.,#\\]|==|:=|\*|\*\*|->|[sra]|and|or|not|in|is|async|await|class|def|del|elif|else|except|except\*"""
    r"""|finally|for|from|if|import|lambda|match|case|pass|raise|return|try|while|with|yield|print|exec|tuple|list)'"""
)
"""What Python's messages quote that is of the language, not of the candidate."""

PLAIN = re.compile(r"[A-Za-z0-9 ,.:;()?*+_\-]{1,200}")


def told(message: str | None) -> str | None:
    """The whole message, or None where it quotes anything that the candidate may have chosen."""
    text = re.sub(r"^invalid character '.' \((U\+[0-9A-F]+)\)$", r"invalid character \1", message or "", flags=re.S)
    return text if PLAIN.fullmatch(re.sub(OF_PYTHON, "", text)) else None
