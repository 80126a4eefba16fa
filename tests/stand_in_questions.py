"""What the stand-in model asks: questions with key points that a strong, concrete answer makes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A question; `points` are names of POINTS."""

    topic: str
    kind: str
    text: str
    points: tuple[str, ...]


POINTS: dict[str, tuple[str, str, float]] = {  # name: label, text, weight
    "owned": ("Ownership of a service", "Names a Flask service they owned in their last role.", 1),
    "load": ("Load in numbers", "Says how many requests a second the service was handling.", 1),
    "indexes": ("Indexes from query plans", "Gives PostgreSQL proper indexes where the plan asks for them.", 2),
    "explain": ("Query plans read", "Runs EXPLAIN ANALYZE to find the slow queries.", 1.5),
    "cache": ("Caching in Redis", "Adds Redis caching, with a short time to live for each key.", 1.5),
    "trade": ("Invalidation as the trade-off", "Names cache invalidation as the trade-off of caching.", 1),
    "event": ("Writes drop stale keys", "Lets writes publish an event that drops the affected keys.", 1.5),
    "tests": ("Tests around endpoints", "Writes pytest tests around the endpoints.", 1.5),
    "review": ("Review of each change", "Has each change reviewed before it is merged.", 1),
    "latency": ("Latency measured", "Says how far the latency at the 99th percentile fell, in milliseconds.", 2),
    "stages": ("Image in stages", "Builds the Docker image in stages and runs it as an ordinary user.", 0.5),
    "constraints": ("Constraints in the schema", "Guards the tables with foreign keys and check constraints.", 0.5),
    "pages": ("Pages of a listing", "Pages long listings with a cursor that stays stable under inserts.", 0.5),
    "fixtures": ("Fixtures with real parts", "Keeps fixtures small and runs them on a real database.", 0.5),
    "sorted": ("Longest first", "Sorts the calls by their time with the longest first.", 2),
    "limit": ("As many as asked for", "Returns only so many names as the limit says.", 1),
    "nothing": ("Nothing to sort", "Returns an empty list when no calls are there.", 1.5),
    "linear": ("Cost in time", "Says that the work grows as n log n.", 1),
    "junior": ("Juniors learn by pairing", "Lets junior colleagues pair on the hard parts.", 0.5),
}

HINTS = (
    "Think of a service you owned, and of how many requests it had to handle.",
    "What did you measure, with which tool, and what did the numbers say before and after?",
    "Which trade-off did you accept, and how did you contain it?",
)

TECHNICAL = (
    ("Flask", "How did you build a Flask service that had to bear real traffic?", "owned load tests"),
    ("Flask", "A Flask endpoint has become slow: how do you proceed?", "explain indexes cache latency"),
    ("Flask", "How do you keep a growing Flask code base in good order?", "tests review owned"),
    ("REST APIs", "Describe a REST API that you ran in production.", "owned load latency pages"),
    ("REST APIs", "How do you change a REST API without breaking its clients?", "tests review event"),
    ("REST APIs", "What do you do so that reads of a REST API stay cheap?", "cache trade event"),
    ("PostgreSQL", "How do you make a slow PostgreSQL statement fast?", "explain indexes latency"),
    ("PostgreSQL", "When does an index help in PostgreSQL, and how do you know?", "indexes explain latency"),
    ("PostgreSQL", "A PostgreSQL database is at its limit: what takes load off it?", "indexes cache load"),
    ("Redis caching", "How have you used Redis, and what did it cost you?", "cache trade event latency"),
    ("Redis caching", "How do you keep cached data from going stale?", "event trade cache"),
    ("Redis caching", "How do you decide what belongs in a cache?", "cache load trade"),
    ("pytest testing", "How do you test a web service with pytest?", "tests review fixtures"),
    ("pytest testing", "Which tests would you write first for an untested service?", "tests owned review"),
    ("code review", "What do you look for in a code review?", "review tests explain"),
    ("code review", "How does code review pay off in your team?", "review tests latency junior"),
    ("Docker and CI", "What runs in your CI before a Docker image goes out?", "tests review stages"),
    ("Docker and CI", "How do you know that a release made nothing worse?", "latency tests load"),
    ("Latency", "Tell me how you brought the latency of a service down.", "latency explain cache"),
    ("Latency", "Which numbers tell you that users wait too long?", "latency load explain"),
    (
        "Schema design",
        "How do you design a schema for tables that are read a lot?",
        "indexes explain constraints cache",
    ),
    ("Schema design", "How do you bring a schema change into a running system?", "tests review indexes"),
    ("Scaling", "What was the first thing to give way as traffic grew?", "load explain cache latency"),
    ("Events", "Where have you used events between parts of a system?", "event trade cache"),
)
BEHAVIORAL = (
    ("Ownership", "Tell me about something in production that you were responsible for.", "owned load latency"),
    ("Trade-offs", "Tell me about a decision with a real downside, and how you lived with it.", "trade event cache"),
    ("Mentoring", "How have you helped a colleague to do better work?", "review tests junior owned"),
    ("Results", "Which result of your work are you proud of, in numbers?", "latency load owned"),
    ("Debugging", "Tell me about a problem that took you long to find.", "explain indexes latency"),
)
EXPERIENCE = (("Last role", "What did you do in your last role, and what came of it?", "owned load latency tests"),)

SIGNATURE = """{text}

def {name}(calls: list[Call], limit: int) -> list[str]

Examples:
{name}([], 3) returns []
{name}([Call("a", 2.0), Call("b", 5.0)], 1) returns ["b"]"""
CODING = (
    ("slowest_calls", "Write a Python function that names the slowest calls of a service, slowest first."),
    ("worst_queries", "Write a Python function that names the statements of a database that take longest."),
    ("longest_jobs", "Write a Python function that names the jobs of a queue that run longest."),
)
CODING_POINTS = ("sorted", "limit", "nothing", "linear")

QUESTIONS = tuple(
    Asked(topic, kind, text, tuple(points.split()))
    for kind, rows in (("technical", TECHNICAL), ("behavioral", BEHAVIORAL), ("experience", EXPERIENCE))
    for topic, text, points in rows
)
TOPICS = tuple(dict.fromkeys(asked.topic for asked in QUESTIONS if asked.kind == "technical"))


def topics_of(posting: str) -> list[str]:
    """The topics a posting speaks of, in the order of the questions; at least one."""
    lowered = posting.casefold()
    known = [topic for topic in TOPICS if any(len(w) > 3 and w.casefold() in lowered for w in topic.split())]
    return known or ["Ownership"]


def pick(topics: Sequence[str], already: Iterable[str], number: int) -> Asked:
    """A question that is not among those asked `already`: on the topic whose turn it is if there is one, else any."""
    used = [" ".join(text.split()).casefold() for text in already]
    turn = topics[(number - 1) % len(topics)] if topics else ""
    free = [asked for asked in QUESTIONS if not any(asked.text.casefold() in text for text in used)]
    on_topic = [asked for asked in free if asked.topic.casefold() == turn.casefold()]
    if chosen := (on_topic or free)[:1]:
        return chosen[0]
    spare = QUESTIONS[number % len(QUESTIONS)]
    return Asked(spare.topic, spare.kind, f"A further example, number {number}, please: {spare.text}", spare.points)


def pick_technical(topics: Sequence[str], already: Iterable[str], number: int) -> Asked:
    """On the chosen topic whose turn it is, every second question with code to write, as far as there are tasks."""
    used = list(already)
    turn = topics[(number - 1) % len(topics)]
    tasks = [task for task in CODING if not any(f"def {task[0]}(" in text for text in used)]
    if number % 2 == 0 and tasks:
        name, text = tasks[0]
        return Asked(turn, "coding", SIGNATURE.format(text=text, name=name), CODING_POINTS)
    asked = pick([turn], used, 1)
    return Asked(turn, "technical", asked.text, asked.points)


def as_reply(asked: Asked, *, is_follow_up: bool = False) -> dict[str, Any]:
    """The question in the shape of a reply."""
    points = [dict(zip(("label", "text", "weight"), POINTS[name], strict=True)) for name in asked.points]
    return {
        "topic": asked.topic,
        "kind": asked.kind,
        "question": asked.text,
        "key_points": points,
        "hints": list(HINTS),
        "is_follow_up": is_follow_up,
    }
