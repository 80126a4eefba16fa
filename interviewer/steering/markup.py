"""Passages that imitate what surrounds an answer in a prompt, or the form of a scorer's reply."""

import re
from collections.abc import Iterator

from interviewer.steering.flags import Flag

Found = tuple[int, int, Flag]

WHOSE = (
    r"(?:the |this |my |your |candidate(?:'?s)?[ _-]?|user(?:'?s)?[ _-]?|interview[ _-]?|untrusted[ _-]?"
    r"|student[ _-]?)"
)
FENCED = r"(?:answer|response|reply|submission|transcript|candidate|interview|input|message|text|content|data|prompt)"

TEMPLATE = re.compile(
    r"<\|[a-z][\w ]{1,30}\|>|\[/?inst\]|<</?sys>>|</?(?:start|end)_of_turn>|<(?:bos|eos|s)>(?=\s*\[)"
    r"|\{\{[#/][a-z~]\w{1,20}\}\}"
)
"""Tokens of chat templates. In a sentence that talks of them they are a topic; see `_topic`."""

TAG = re.compile(
    rf"</?\s?{WHOSE}?(?:{FENCED}|system(?:[ _-]?(?:prompt|message))?|instructions?|evaluation|evaluator|grading"
    rf"|score|rating|grader"
    r"|(?:assessor|grader|evaluator|examiner|scorer|scoring|grading|marking|reviewer|hidden|private|system)[ _-]"
    r"(?:guidance|notes?|instructions?|message|rules?|hints?|policy|context)"
    r"|rubric|criteria|verdict|feedback|assistant|user|human|question|document|context|admin|override)\s?/?>"
)
SCORERS_TAG = re.compile(
    r"system|instruct|evaluat|grad|rubric|scor|rating|verdict|admin|override|assess|guidance|examin|marking"
)
"""Names of tags that no HTML has."""

OPENING_HTML = frozenset({"data", "text", "content", "input"})

HEADING = re.compile(
    r"^[ \t]*(?:[#=*\-_~<>\[({/\\|+%$!:.]{2,}|[\[<({#])[ \t]*(?:[a-z']+[ \t_-]+){0,4}"
    rf"(?:end|begin|start|{FENCED}|system|instructions?|evaluat(?:ion|or)|grading|grader|admin|override|rubric"
    rf"|task|scor(?:e|ing))"
    r"(?![a-z])(?:[ \t_-]+[a-z']+){0,4}[ \t]*:?[ \t]*(?:[#=*\-_~<>\])}/\\|+%$!:.]{1,200}|$)",
    re.MULTILINE,
)
"""A line that is decorated as a part of a prompt: "### System", "--- END OF ANSWER ---", "[ADMIN]"."""

HEADING_WORD = re.compile(
    rf"\b(?:(?:end|begin|start)\b.{{0,30}}\b(?:{FENCED}|evaluation)|system(?=\W*$|[ _](?:prompt|message|note"
    rf"|override|instruct))|new instructions?|instructions? (?:for|to)|admin\w*|override|"
    r"evaluator|grader|grading|scor(?:e|ing)|rubric|evaluation (?:result|complete|report|summary)"
    r"|task\b\W{0,3}evaluation|assistant)\b"
)

PLAIN_END = re.compile(
    rf"(?:^|(?<=[.!?]\s))[ \t]*(?:end|begin(?:ning)?|start)[ _]of[ _]{WHOSE}{{0,2}}{FENCED}[ \t]*(?=[.!]|$)",
    re.MULTILINE,
)
"""The same undecorated, as it comes from speech."""

ROLE = re.compile(
    r"(?:^|(?<=[.!?\"]\s))[ \t\"*\[(]{0,3}(?:(?:system|admin(?:istrator)?|assistant|developer|evaluator|grader"
    r"|scorer|root|superuser|"
    r"moderator)[ _-]?(?:message|note|notice|prompt|override|instructions?|update|command|directive|alert)"
    r"|(?:(?:important |urgent )?(?:note|message|instructions?|attention|notice)[ ](?:to|for) (?:the "
    r"|all )?(?:ai|llm|evaluator|grader|scorer|judge|"
    r"model|assistant|scoring \w+|reviewer|system)))[ \t\])*]{0,3}[:>-]",
    re.MULTILINE,
)
"""A line that begins like a message in a chat, by someone with a say."""

BARE_ROLE = re.compile(
    r"(?:^|(?<=[.!?\"]\s))[ \t\"*\[(]{0,3}(?:system|admin(?:istrator)?|assistant|developer|evaluator|grader"
    r"|scorer|judge|root|human)[\])*]{0,3}:"
    r"(?=[^\n]{0,200}?\b(?:scor\w+|candidate|rat(?:e|ing)|grade|marks|answer|response|instructions?|\d+/\d+"
    r"|evaluat\w+|you(?:r)?)\b)",
    re.MULTILINE,
)
"""A mere "system:" does it only where the line goes on about answers and scores."""

TASK_LINE = re.compile(r"^[ \t]*#{1,6}[ \t]*task[ \t]*:", re.MULTILINE)
"""How our own prompts begin."""


def markup(text: str) -> Iterator[Found]:
    """The passages of a normal form's `text` that imitate a prompt, as (start, end, flag), extended to the line."""
    for pattern in (HEADING, PLAIN_END, ROLE, BARE_ROLE, TASK_LINE):
        for match in pattern.finditer(text):
            if pattern is not HEADING or HEADING_WORD.search(match.group()):
                yield match.start(), match.end(), Flag.MARKUP
    for match in TEMPLATE.finditer(text):
        if not _topic(text, match.start()):
            yield match.start(), match.end(), Flag.MARKUP
    opened: set[str] = set()
    closed: set[str] = set()
    for match in TAG.finditer(text):
        name = match.group().strip("</ >")
        if not match.group().startswith("</"):
            opened.add(name)
            again = name in closed and name not in OPENING_HTML
            if again or (SCORERS_TAG.search(name) and not _topic(text, match.start())):
                yield match.start(), match.end(), Flag.MARKUP
        elif name not in opened and not _topic(text, match.start()):
            closed.add(name)
            yield match.start(), match.end(), Flag.MARKUP


def _topic(text: str, at: int) -> bool:
    """Whether the words before a token speak of it: "tokens such as <|im_start|>", "a closing </user>"."""
    before = text[max(0, at - 60) : at]
    sentence = re.split(r"\n|[.!?]\s", before)[-1]
    return len(re.findall(r"[a-z]{2,}", sentence)) >= 2 and not sentence.rstrip().endswith((":", ">"))
