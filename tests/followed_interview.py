"""What a client was told about one interview: the model that the files and the API are held against."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Sent = tuple[str, str | None, str | None]
"""An answer or a draft as sent: text, code, language."""


@dataclass
class Followed:
    """An interview as its client knows it. `method` is how it ended, None while it goes on."""

    session_id: str
    fields: Json
    questions: list[str]
    answers: list[Sent] = field(default_factory=list)
    replies: list[Json] = field(default_factory=list)
    revisions: list[int] = field(default_factory=list)
    hints_used: list[int] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    draft: Sent | None = None
    revision: int = 0
    method: str | None = None
    deleted: bool = False
    last_activity: str = ""

    @property
    def total(self) -> int:
        """How many questions it has."""
        return int(self.fields["total_questions"])

    @property
    def status(self) -> str:
        """The status it should have."""
        if self.method is None:
            return "in_progress"
        return "completed" if self.answers else "abandoned"

    @property
    def current(self) -> int | None:
        """The number of the question that waits for an answer, or None."""
        return len(self.answers) + 1 if self.method is None else None

    def answered(self, sent: Sent, reply: Json) -> None:
        """Its current question was answered, and this acknowledged it."""
        self.answers.append(sent)
        self.replies.append(reply)
        self.revisions.append(self.revision)
        self.hints_used.append(len(self.hints))
        self.draft, self.revision, self.hints = None, 0, []
        if len(self.answers) == self.total:
            self.method = "automatic"
        else:
            self.questions.append(reply["question"])
