"""The use case of showing what the built-in bank knows."""

from interviewer.interviewers.builtin.learned import learned
from interviewer.interviewers.builtin.topic_catalogue import KnownTopic


def known_topics() -> list[KnownTopic]:
    """The topics that a technical interview has questions of its own for, by name."""
    return learned().catalogue.known()
