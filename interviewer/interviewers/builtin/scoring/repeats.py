"""What an answer says that an earlier answer of the same interview has said: it earns once."""

from collections.abc import Sequence

from interviewer.interviewers.builtin.scoring.accounts import COPIED_RUNS, COPIED_SHARE, copied_runs
from interviewer.interviewers.builtin.scoring.language import content_words, passages, stems

REPEATED_FROM = 0.75
"""An answer of whose content words this share stood in repeated sentences is called a repetition in the feedback."""

TOLD_BEFORE = "You told this in an earlier answer: it counts once. Tell something new."


def without_repeats(answer: str, earlier: Sequence[str]) -> str:
    """The answer with white space for the sentences that (nearly) stood in an earlier one; the rest stays in place.

    A sentence is repeated when half its runs of three words, or four fifths of its content words, stand in one answer
    or sentence before: the same bounds by which a scorer tells what was read out from the resume.
    """
    heard = [frozenset(stems(content_words(said.text))) for text in earlier for said in passages(text)]
    source = "\n".join(earlier)
    left = answer
    for said in passages(answer):
        meaning = frozenset(stems(content_words(said.text)))
        again = meaning and any(len(meaning & known) >= COPIED_SHARE * len(meaning) for known in heard)
        if again or copied_runs(said.text, source) >= COPIED_RUNS:
            left = left[: said.start] + "\n" * (said.end - said.start) + left[said.end :]
    return left


def is_repetition(answer: str, left: str) -> bool:
    """Whether most of the answer went with its repeated sentences."""
    told = len(content_words(answer))
    return told > 0 and len(content_words(left)) <= (1 - REPEATED_FROM) * told
