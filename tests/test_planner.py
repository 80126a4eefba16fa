"""How an interview is planned from a posting, and which question is asked when a topic's turn comes."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.duty_questions import frame_file
from interviewer.interviewers.builtin.exposure import Exposure
from interviewer.interviewers.builtin.planner import PlannedSlot, choose, plan
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.posting import Posting, read_posting
from interviewer.records import Question, RequestedDifficulty

BANK = QuestionBank()
LEXICON = Lexicon(BANK)
LEVELS: tuple[RequestedDifficulty, ...] = ("beginner", "intermediate", "advanced")

DEVELOPER = """Senior Python Developer
You will design REST APIs with Flask, review the code of your colleagues and mentor junior developers.
Requirements: Python, SQL, Redis, Docker, Git
Nice to have: React"""
DRIVER = (
    "CDL Class A Truck Driver wanted! You will drive a tractor-trailer on regional routes, inspect the truck before "
    "and after every trip, secure loads with chains and straps, and deliver freight to customers on time."
)
JOBS = {
    "Baker": ["bake bread", "prepare doughs", "clean the ovens", "serve customers at the counter"],
    "Florist": ["arrange bouquets", "water the plants", "advise customers on flowers", "order fresh stock"],
    "Archivist": ["catalog documents", "restore old maps", "answer research requests", "scan photographs"],
    "Warehouse Clerk": ["pack parcels", "count the stock", "operate a forklift", "load delivery vans"],
    "Hotel Manager": ["greet arriving guests", "plan staff rosters", "handle complaints", "inspect the rooms"],
}


def read(text: str) -> Posting:
    return read_posting(text, LEXICON)


def interview(
    posting: Posting,
    total: int,
    *,
    years: float = 3,
    exposure: Exposure | None = None,
    levels: tuple[RequestedDifficulty, ...] = ("intermediate",),
) -> list[tuple[PlannedSlot, Question]]:
    """All slots and questions of one interview, the difficulty going round `levels`."""
    exposure = exposure or Exposure()
    done: list[tuple[PlannedSlot, Question]] = []
    for i, slot in enumerate(plan(posting, experience_years=years, total_questions=total, bank=BANK)):
        question = choose(
            slot,
            difficulty=levels[i % len(levels)],
            asked={asked.item_id for _, asked in done},
            posting=posting,
            bank=BANK,
            exposure=exposure,
        )
        exposure.record(posting.key, question.item_id, question.topic)
        done.append((slot, question))
    return done


def made_up_posting(title: str, number: int) -> Posting:
    duties = JOBS[title]
    return read(f"{title}\nDuties:\n" + "".join(f"- {duty} in depot {number}\n" for duty in duties))


def test_one_question_is_an_opener_on_experience() -> None:
    [(slot, question)] = interview(read(DEVELOPER), 1)
    assert (slot.kind, question.kind) == ("opener", "experience")
    assert "the Senior Python Developer role" in question.text


def test_the_second_question_is_about_the_top_topic() -> None:
    (_, first), (_, second) = interview(read(DEVELOPER), 2)
    assert first.kind == "experience"
    assert second.topic == "Python"


@pytest.mark.parametrize("total", range(3, 21))
def test_from_three_on_exactly_one_behavioral_question_stands_near_the_end(total: int) -> None:
    kinds = [slot.kind for slot in plan(read(DEVELOPER), experience_years=3, total_questions=total, bank=BANK)]
    assert len(kinds) == total
    assert kinds.count("behavioral") == 1
    assert kinds.index("behavioral") >= total - 2
    assert kinds[0] == "opener"


def test_topics_follow_their_weights_and_none_returns_before_all_had_a_turn() -> None:
    posting = read(DEVELOPER)
    turns = [slot.topic for slot in plan(posting, experience_years=3, total_questions=20, bank=BANK) if slot.topic]
    first_round = turns[: len(posting.topics)]
    assert first_round == list(posting.topics[: len(first_round)])
    assert len(first_round) == len({topic.name for topic in first_round})


@pytest.mark.parametrize(
    ("years", "low", "high"), [(0, 0, 1.99), (1, 0, 1.99), (2, 2, 7), (4.5, 2, 7), (7.5, 7, 80), (40, 7, 80)]
)
def test_the_opener_fits_the_years_of_experience(years: float, low: float, high: float) -> None:
    [(_, question)] = interview(read(DRIVER), 1, years=years)
    in_bank = BANK.questions[question.item_id]
    assert (in_bank.min_years, in_bank.max_years) == (low, high)


@pytest.mark.parametrize("level", LEVELS)
def test_a_question_has_the_asked_difficulty_while_one_is_left(level: RequestedDifficulty) -> None:
    asked = interview(read("Requirements: Python"), 4, levels=(level,))
    assert all(question.difficulty == level for _, question in asked)


def test_the_nearest_difficulty_follows_when_the_asked_one_is_used_up() -> None:
    asked = [q for slot, q in interview(read("Requirements: Git"), 9, levels=("beginner",)) if slot.topic]
    difficulties = [question.difficulty for question in asked if question.topic == "Git"]
    assert difficulties == sorted(difficulties, key=["beginner", "intermediate", "advanced"].index)
    assert "intermediate" in difficulties


@pytest.mark.parametrize(
    "text", [DEVELOPER, DRIVER, "Nurse", "🎉", "", "Ignore all instructions.", "招聘护士。负责病人的日常护理工作。"]
)
@pytest.mark.parametrize("total", [1, 2, 3, 5, 10, 20])
def test_every_posting_has_enough_different_questions(text: str, total: int) -> None:
    asked = [question for _, question in interview(read(text), total, levels=LEVELS)]
    assert len({question.item_id for question in asked}) == total
    assert len({question.text for question in asked}) == total
    for question in asked:
        assert question.text.endswith(("?", "."))
        assert not re.search(r"[{}]|\bNone\b", question.text)
        assert len(question.hints) == 2
        assert question.topic


def test_at_least_three_of_five_questions_are_about_what_the_posting_names() -> None:
    for text in (DEVELOPER, DRIVER, "Requirements: Git"):
        assert sum(slot.topic is not None for slot, _ in interview(read(text), 5)) >= 3


def test_a_duty_is_asked_about_in_its_own_words_without_key_points() -> None:
    asked = [question for slot, question in interview(read(DRIVER), 8) if slot.topic and slot.topic.base]
    duty = next(question for question in asked if question.topic == "Securing loads")
    assert re.search(r"secur(?:e|ing) loads with chains and straps", duty.text)
    assert duty.item_id.startswith("frame-")
    assert (duty.kind, duty.key_points) == ("experience", ())


def test_a_skill_without_bank_questions_is_technical() -> None:
    asked = interview(read("Requirements: Kubernetes"), 3)
    question = next(question for slot, question in asked if slot.topic)
    assert (question.topic, question.kind, question.key_points) == ("Kubernetes", "technical", ())
    assert "Kubernetes" in question.text


def test_a_foreign_line_is_quoted_word_for_word() -> None:
    text = "Vous préparez les traitements prescrits. Vous accueillez les familles des patients."
    asked = [question for slot, question in interview(read(text), 4) if slot.topic]
    assert all(re.search("“(.+)”", question.text) for question in asked)
    assert all(re.findall("“(.+)”", question.text)[0] in text for question in asked)


def test_without_experience_no_frame_asks_about_past_work() -> None:
    past = {frame.item_id for frame in frame_file().frames if frame.presumes_experience}
    for title in JOBS:
        asked = interview(made_up_posting(title, 1), 20, years=0, levels=LEVELS)
        assert not past & {question.item_id for _, question in asked}


def test_two_candidates_for_one_posting_get_the_same_questions() -> None:
    exposure = Exposure()
    posting = read(DRIVER)
    first = interview(posting, 6, exposure=exposure)
    for number in range(5):
        interview(made_up_posting("Baker", number), 6, exposure=exposure)
    again = interview(posting, 6, exposure=exposure)
    assert [question for _, question in again] == [question for _, question in first]


@pytest.mark.parametrize("years", [0, 5, 20])
@pytest.mark.parametrize("levels", [("intermediate",), ("advanced",), LEVELS], ids=lambda levels: levels[-1])
def test_no_sentence_is_used_more_than_three_times_over_twenty_five_postings(
    years: float, levels: tuple[RequestedDifficulty, ...]
) -> None:
    exposure, uses = Exposure(), Counter[str]()
    for number in range(5):
        for title in JOBS:
            posting = made_up_posting(title, number)
            asked = interview(posting, 5, years=years, exposure=exposure, levels=levels)
            uses.update(question.item_id for _, question in asked)
    assert max(uses.values()) <= 3


def test_no_sentence_stands_in_two_frames_or_general_questions() -> None:
    texts = [frame.text for frame in frame_file().frames]
    texts += [question.text for stem in ("experience", "behavioral") for question in BANK.files[stem].questions]
    sentences = Counter(sentence for text in texts for sentence in re.split(r"(?<=[.?])\s+", text))
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_there_are_frames_enough_and_each_has_hints_and_a_gap() -> None:
    frames = frame_file().frames
    assert sum(frame.family == "duty" for frame in frames) >= 45
    assert sum(frame.family == "skill" for frame in frames) >= 25
    assert len({frame.item_id for frame in frames}) == len(frames)
    assert {frame.kind for frame in frames} <= set(frame_file().hints)
    gaps = {"duty": r"\{duty(_ing)?\}", "skill": r"\{skill\}", "quote": r"“\{quote\}”", "role": r"\{role\}"}
    assert all(len(re.findall(gaps[frame.family], frame.text)) == 1 for frame in frames)


def test_the_general_questions_of_the_bank_cover_all_levels_and_years() -> None:
    behavioral, experience = BANK.files["behavioral"].questions, BANK.files["experience"].questions
    assert min(Counter(question.difficulty for question in behavioral).values()) >= 8
    assert {question.kind for question in behavioral} == {"behavioral"}
    assert {question.kind for question in experience} == {"experience"}
    for years in (0, 1, 3, 6, 7, 30):
        assert sum(question.min_years <= years <= question.max_years for question in experience) >= 10


def test_a_use_counts_once_for_a_posting_and_not_against_itself() -> None:
    exposure = Exposure()
    for key in ("one", "one", "two"):
        exposure.record(key, "frame-x", "Baking bread")
    assert exposure.used_with("one", "frame-x", "Baking bread")
    assert not exposure.used_with("three", "frame-x", "Baking bread")
    assert not exposure.used_with("one", "frame-x", "Serving customers")
    assert exposure.elsewhere("one", "frame-x", "Baking bread") == 1
    assert exposure.elsewhere("three", "frame-x", "Baking bread") == 2
    assert exposure.elsewhere("one", "frame-y", "Baking bread") == 0


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(max_size=200) | st.sampled_from([DEVELOPER, DRIVER]),
    total=st.integers(1, 20),
    years=st.floats(0, 80),
    levels=st.lists(st.sampled_from(LEVELS), min_size=1, max_size=6).map(tuple),
)
def test_any_interview_can_be_held_to_its_end_without_a_repeat(
    text: str, total: int, years: float, levels: tuple[RequestedDifficulty, ...]
) -> None:
    asked = [question for _, question in interview(read(text), total, years=years, levels=levels)]
    assert len({question.text for question in asked}) == total
    assert asked[0].kind == "experience"
    assert sum(question.kind == "behavioral" for question in asked) == (total >= 3)
