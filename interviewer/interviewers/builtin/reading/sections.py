"""What part of a posting a passage belongs to, told by its heading or by its own words."""

import re
from typing import Literal

from interviewer.interviewers.builtin.reading.wording import any_of, any_word

Section = Literal["title", "duties", "required", "preferred", "body", "boilerplate"]

MAX_HEADING_WORDS = 7
_IN_ORDER: tuple[Section, ...] = ("boilerplate", "preferred", "duties", "required")
HEADINGS = tuple((section, re.compile(any_of(f"heading_{section}"), re.I)) for section in _IN_ORDER)
INLINE_HEADING = re.compile(
    r"(?i:what you['’]ll do|who you['’]ll work with|role and responsibilities"
    r"|(?:additional |key )?(?:job )?responsibilities(?: include)?|(?:job|position) (?:summary|overview|description)"
    r"|job requirements|job duties|qualifications|requirements|duties|skill requirements|benefits)(?=\s+[A-Z])"
)
EMBEDDED_HEADING = re.compile(
    r"\s((?:(?:Key|Job|Required|Preferred|Minimum|Additional|Desired|Position|Skill|Other) )?"
    r"(?:Requirements|Responsibilities|Qualifications|Duties|Summary|Benefits|Description|Perks"
    r"|How you['’]ll grow|The team|The role)(?=\s*(?::|[-–]\w|\n|$)))",
    re.M,
)
OPENS_DUTIES = re.compile(r"\b(?:you(?: will|['’]ll)|the following(?: duties)?|will include)\s*:?$")
FIELD = re.compile(rf"(?:job |work )?{any_of('field')}", re.I)
COMPANY_TALK = any_word("company_talk")
SCHOOLING = any_word("schooling")
CIRCUMSTANCE = re.compile(rf"\b{any_of('circumstance')}(?!\w)", re.I)
PREFERENCE = any_word("preference")
HOSTILE = any_word("hostile")


def heading_section(text: str) -> Section | None:
    """The section that `text` opens, if it reads like a heading."""
    plain = text.strip(" ?:*#_-–—·•[](){}.").strip()
    if not plain or len(plain.split()) > MAX_HEADING_WORDS or text.rstrip().endswith(("!", ".", ",")):
        return None
    return next((section for section, pattern in HEADINGS if pattern.fullmatch(plain)), None)


def inline_heading(text: str) -> tuple[Section, str] | None:
    """The section and the rest, where a heading runs into its first sentence."""
    match = INLINE_HEADING.match(text)
    section = heading_section(match.group()) if match else None
    return (section, text[match.end() :].strip()) if match and section else None


def is_company_talk(text: str) -> bool:
    """About the company, its benefits, the application or the law: nothing to ask a candidate about."""
    return bool(COMPANY_TALK.search(text) or HOSTILE.search(text))
