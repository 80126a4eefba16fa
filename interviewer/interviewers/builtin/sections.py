"""What part of a posting a passage belongs to, told by its heading or by its own words."""

import re
from typing import Literal

Section = Literal["title", "duties", "required", "preferred", "body", "boilerplate"]

_HEADINGS: tuple[tuple[Section, str], ...] = (
    (
        "boilerplate",
        r"benefits?|perks(?: (?:and|&) .{0,20})?|what we offer|we offer|our offer|why (?:join|work|us)\b.*|about (?:us|the company|our).*"
        r"|about (?-i:[A-Z])\w+.*|company (?:information|overview|description|profile)|who (?:we are|is)\b.*|our (?:culture|values|mission)"
        r"|.{0,20}(?:['’]s|our|company) culture|corporate citizenship|recruiter tips|how you['’]ll grow|what is (?-i:[A-Z])\w+|equal opportunity.*"
        r"|eeo.*|education(?: and| ?/ ?)?(?: experience)?|education required|required education|working conditions.*|work environment"
        r"|physical (?:demands|requirements)|compensation.*|how to apply|apply"
        r"|degree program.*|preferred class\w+|job details|(?:the|our|your) team|who you['’]ll work with|duration|culture|wir bieten|über uns|leistungen|nous offrons|avantages|ofrecemos|beneficios",
    ),
    (
        "preferred",
        r"(?:preferred|desired|nice[- ]to[- ]haves?|bonus(?: points)?|pluses|plus|optional|good to have|preferences|advantageous)"
        r"(?: (?:skills|qualifications|experience|requirements|education|but|and|&|/|qualities|not|required|if you have|attributes|knowledge))*",
    ),
    (
        "duties",
        r"(?:.{0,30}\b)?(?:responsibilit(?:y|ies)|duties|accountabilities|tasks)(?: (?:include|will include|are|as follows).*)?"
        r"|why become .*|(?:role|roles) and responsibilities|what you(?:['’]ll| will| would)?(?: be)? do(?:ing)?|work you['’]ll do|the (?:role|job|opportunity)"
        r"|(?:position|job|role) (?:summary|overview|description|purpose)|day[- ]to[- ]day|your (?:role|job|mission|tasks)|summer project"
        r"|(?:your|ihre|deine) aufgaben|aufgaben.*|tätigkeiten|missions?|vos missions|tareas|funciones|responsabilidades",
    ),
    (
        "required",
        r"(?:.{0,25}\b)?(?:requirements?|qualifications?)(?: (?:&|and|/) .{0,25})?|required|must[- ]haves?|prerequisites"
        r"|(?:required |key |technical )?(?:skills|experience|knowledge|competencies|abilities)(?:(?:,| and| &| /)+ ?\w+){0,4}"
        r"|what you(?:['’]ll)? (?:bring|need|have)|who you are|(?:what )?we(?:['’]re| are) looking for|you have|about you"
        r"|skill requirements|qualifications / skills|(?:ihr |dein )?profil|anforderungen|requisitos|profil recherché|qualifikation(?:en)?",
    ),
)
HEADINGS = tuple((section, re.compile(rf"(?:{pattern})", re.I)) for section, pattern in _HEADINGS)
FIELD = re.compile(
    r"(?:job |work )?(?:location|duration|hours|travel|salary|pay|schedule|shift|reference|country|company|department|reports to"
    r"|employment type|job type|position type|contract|start date|language|stunden|standort|gehalt)",
    re.I,
)
INLINE_HEADING = re.compile(
    r"(?i:what you['’]ll do|who you['’]ll work with|role and responsibilities|(?:additional |key )?(?:job )?responsibilities(?: include)?"
    r"|job description|job requirements|job duties|(?:job|position) (?:summary|overview)|qualifications|requirements|duties"
    r"|skill requirements|benefits)(?=\s+[A-Z])"
)
EMBEDDED_HEADING = re.compile(
    r"\s((?:(?:Key|Job|Required|Preferred|Minimum|Additional|Desired|Position|Skill|Other) )?"
    r"(?:Requirements|Responsibilities|Qualifications|Duties|Summary|Benefits|Description|Perks|How you['’]ll grow|The team|The role)"
    r"(?=\s*(?::|[-–]\w|\n|$)))",
    re.M,
)
MAX_HEADING_WORDS = 7

COMPANY_TALK = re.compile(
    r"\b(?:equal (?:employment )?opportunit|affirmative action|without regard to|protected veteran|applicable law|criminal histor"
    r"|401 ?\(?k|paid time off|health insurance|dental insurance|wellness|well-being program|discounts|perks|our benefits"
    r"|founded in|headquartered|(?:annual )?revenue|employees (?:in|globally|worldwide)|in more than \d+|world leader|market leader"
    r"|(?:is|are|as) (?:a|an|the) (?:\w+[ -]){0,3}(?:leader|provider|bank|company|firm|organi[sz]ation|employer)\b"
    r"|leader in|join (?:the|our|a) (?:team|company|talented)|world['’]s largest|premier|our (?:culture|values|mission|vision|people|success|goal)|we (?:offer|believe|value|are (?:a|an|proud"
    r"|committed|passionate|the))|prides? (?:itself|ourselves)|diversity|inclusi(?:ve|on)|learn more|more information|visit (?:us|our|www|http)|https?://|www\."
    r"|please (?:see|include|note|provide|visit|send|apply)|requisition|req id|reference no|posted by|apply (?:for|now|online)|\bresume\b"
    r"|salary|pay range|per hour|compensation package|relocat|visa|citizen|authori[sz]ed to work|\bdrug|background check"
    r"|start(?:ing)? date|expected to start|career (?:growth|development|path)|professional development|internship program\b"
    r"|training (?:program|and development)|opportunit(?:y|ies) to (?:gain|learn|interact|secure|grow)|social (?:events?|activities|functions)"
    r"|fellow interns|other interns|with your (?:peers|mentor)|your leadership skills|giving back|gain (?:valuable|new|exposure|real)|team[- ]building"
    r"|three reasons|this (?:job|position) description|job description is|at any time\b)",
    re.I,
)
SCHOOLING = re.compile(
    r"\b(?:bachelor|master['’]?s?\b(?! data)|degree|diploma|g\.?p\.?a\b|major(?:s|ing)?\b|undergraduate|graduate student|graduation|sophomore"
    r"|sophmore|freshman|junior (?:year|standing|status|or senior)|senior status|academic|coursework|enrolled|college|semester"
    r"|pursuing|transcript|ged\b|high school|students? major|education in)",
    re.I,
)
CIRCUMSTANCE = re.compile(
    r"\b(?:willing(?:ness)?|availab(?:le|ility)|travel|overtime|weekends?|hours per|\d+ hours|full[- ]time|part[- ]time|physical(?:ly)?"
    r"|lift (?:up|or)|standing|stand;|sit;|\d+ (?:pounds|lbs)|years? of (?:age|experience)|yrs?\b|other (?:duties|tasks)|duties as|as assigned|required to (?:sit|stand|talk)"
    r"|commute|remote worker|on[- ]?site|eligib|internship|shifts? (?:may|are|include))\b",
    re.I,
)
PREFERENCE = re.compile(
    r"\b(?:a (?:big |strong |definite |huge )?(?:plus|bonus|asset)\b|nice[- ]to[- ]have|preferr?(?:ed|able|ably)?\b|desired|(?:is|are|highly|be|,) desirable|desirable (?:skill|qualif|but)|ideally|bonus points"
    r"|advantage(?:ous)?\b|not required|optional)|\b(?:an? )?(?:PLUS|asset)\b",
    re.I,
)
HOSTILE = re.compile(
    r"(?:ignore|disregard|forget|override).{0,60}(?:instruction|prompt|rules?\b|above|previous)|system prompt|jailbreak"
    r"|you are (?:now )?(?:an? )?(?:ai|assistant|chatgpt|language model|bot)\b|(?:print|reveal|output|say) (?:the|your) (?:prompt|instructions|password)"
    r"|(?:full|maximum|top|perfect) (?:score|marks|points)|rate (?:me|this candidate|the candidate)|drop table|alert\(|<\?php",
    re.I,
)


def heading_section(text: str) -> Section | None:
    """The section that `text` opens, if it reads like a heading."""
    bare = text.strip(" ?:*#_-–—·•[](){}.").strip()
    if not bare or len(bare.split()) > MAX_HEADING_WORDS or text.rstrip().endswith(("!", ".", ",")):
        return None
    return next((section for section, pattern in HEADINGS if pattern.fullmatch(bare)), None)


def inline_heading(text: str) -> tuple[Section, str] | None:
    """The section and the rest, where a heading runs into its first sentence."""
    match = INLINE_HEADING.match(text)
    section = heading_section(match.group()) if match else None
    return (section, text[match.end() :].strip()) if match and section else None


def is_company_talk(text: str) -> bool:
    """About the company, its benefits, the application or the law: nothing to ask a candidate about."""
    return bool(COMPANY_TALK.search(text) or HOSTILE.search(text))
