"""Words that were broken at the end of a line, put together again where that is safe.

"oper-\nation" is one word, "data-\ndriven" keeps its hyphen. What the text itself writes elsewhere decides; else the
hyphen goes only before an ending that is no word of its own.
"""

import re

BROKEN = re.compile(r"([^\W\d_]{1,40})[-‐\xad][ \t]{0,9}\n[ \t]{0,99}([^\W\d_]{1,40})")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDINGS = frozenset(
    """tion tions ation ations sion sions ment ments ing ings ity ities ness able ible ance ence ances ences ally ical
    ically ology ologies ized ised izing ising ize ise tive tives ture tures tional tionally ly er ers ors ed ous
    ent ency encies gramming neering opment velopment agement tration tegration mentation cation nication ployment
    formance mation ware tical nology nologies sibility bility bilities ating ated ates ular""".split()
)
CONJUNCTIONS = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "y", "o"})  # "pre- and post-sales"


def mend_hyphens(text: str) -> str:
    """The text with the words joined that a line's end had cut in two. Other hyphens and line ends stay."""
    written = {word.casefold() for word in WORD.findall(text)}

    def joined(match: re.Match[str]) -> str:
        before, after = match.groups()
        if not after[:1].islower():
            return f"{before}-{after}"
        if after in CONJUNCTIONS:
            return f"{before}- {after}"
        whole = before + after
        if f"{before}-{after}".casefold() in written:
            return f"{before}-{after}"
        return whole if whole.casefold() in written or after in ENDINGS else f"{before}-{after}"

    return BROKEN.sub(joined, text)
