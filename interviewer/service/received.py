"""What the service is given, checked: a wish for an interview, an answer, a draft."""

from dataclasses import dataclass

from interviewer.interviewers.builtin.coding.prose import steering_in_code, words_of_answer
from interviewer.records import InterviewType, QuestionKind, RequestedDifficulty
from interviewer.spoken import RecordingConsent
from interviewer.steering import Steering, find_steering
from interviewer.steering.likeness import with_suspicion


@dataclass(frozen=True)
class NewInterview:
    """What start-interview is told, checked: each type has what it needs. `job_description` is "" without a posting."""

    job_description: str
    interview_type: InterviewType = "job"
    topics: tuple[str, ...] = ()
    resume_text: str = ""
    candidate_name: str = "Candidate"
    candidate_experience: int | float = 0
    difficulty: RequestedDifficulty = "intermediate"
    total_questions: int = 5


@dataclass(frozen=True)
class SpokenPart:
    """That an answer was spoken: into which recording, the last of several, and whether they may be kept."""

    recording_id: str
    earlier_recording_ids: tuple[str, ...] = ()
    consent: RecordingConsent | None = None


@dataclass(frozen=True)
class Submission:
    """An answer as sent. `question_number` (1-based) is the idempotency key; None means the current question.

    `answer` may be "" where code stands for it.
    """

    answer: str
    question_number: int | None = None
    code_submission: str | None = None
    code_language: str | None = None
    audio: SpokenPart | None = None

    def repeats(self, answer: str, code_submission: str | None, code_language: str | None) -> bool:
        """Whether this is the answer that was already given."""
        return (self.answer, self.code_submission, self.code_language) == (answer, code_submission, code_language)

    def steering(self, kind: QuestionKind) -> Steering:
        """The passages of the answer that try to steer its scorer. Of pasted code only the words are searched."""
        text = words_of_answer(self.answer) if kind == "coding" else self.answer
        return with_suspicion(find_steering(text), text)

    def code_steering(self) -> Steering:
        """The same of the code that was sent beside the answer."""
        return steering_in_code(self.code_submission) if self.code_submission else Steering()


@dataclass(frozen=True)
class Unsent:
    """A draft as sent, of the current question's answer."""

    question_number: int
    answer: str
    code_submission: str | None = None
    code_language: str | None = None
