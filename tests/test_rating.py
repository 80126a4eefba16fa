"""What a free-text reply of a model is worth, and what is no rating at all."""

import time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.rating import extract_score_from_evaluation

LABELS = ("Rating: ", "Score: ", "**Rating:** ", "**Score**: ", "__Rating__: ", "Overall Rating - ", "final score = ")
PROSE = (
    "",
    "Good answer.",
    "Available 24/7.",
    "Covers 4/5 of it.",
    "A 9/10 would need more.",
    "Since 2019!",
    "50% of it.",
)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Rating: 7/10", 70),
        ("Score: 85/100", 85),
        ("8.5/10", 85),
        ("4/5", 80),
        ("7 out of 10", 70),
        ("Rating: 7", 70),
        ("**Rating:** 9/10 - clear and complete", 90),
        ("**Rating:** 9/10 - 3 strong points, 4/5 key points", 90),
        ("90%", 90),
        ("0%", 0),
        ("Rating: 0/10", 0),
        ("**Score**: 8/10", 80),
        ("__Rating__: 8/10", 80),
        ("**Rating: 8**/10", 80),
        ("| Rating | 8/10 |", 80),
        ("| Rating | 8 |", 80),
        ("| Criterion | Score |\n|---|---|\n| Depth | 8/10 |", 80),
        ("### Rating\n7/10", 70),
        ("### Rating\n\n**7**\n\nA good answer: 4/5 points.", 70),
        ("> Rating: 7/10", 70),
        ("<rating>8</rating> 3 strengths", 80),
        ("Rating: <b>8/10</b>", 80),
        ("Rating - 7/10", 70),
        ("Rating — 7/10", 70),
        ("Rating = 7", 70),
        ("Rating: 7.", 70),
        ("Rating: 7/10.", 70),
        ("Overall score is 7 out of 10", 70),
        ("I'd rate this 7/10", 70),
        ("Final score: 8 / 10", 80),
        ("Score: 7 of 10", 70),
        ("Score: 4 (out of 5)", 80),
        ("Score: 4 on a scale of 1 to 5", 80),
        ("Rating: 4 (on a scale of 1-5)", 80),
        ("Rating (out of 10): 7", 70),
        ("Rating (1-10): 7", 70),
        ("Rating (1–5): 4", 80),
        ("Score (0-100): 8", 8),
        ("Score/100: 85", 85),
        ("Rating on a scale of 1 to 10: 7", 70),
        ("Rating (overall): 7", 70),
        ("Rating for this answer: 7", 70),
        ("Rating: [[8]]", 80),
        ("Rating: 8 (good)", 80),
        ("Rating: 8/10\nTo raise the score: 1) name an example", 80),
        ("Rating: Good (8/10)", 80),
        ("Rating: very good - 8/10\nIt covers 4/5 of the points.", 80),
        ("8,5/10", 85),
        ("Rating: 8,5", 85),
        ("Rating: 7.55/10", 76),
        ("Rating: 7.45/10", 75),
        ("Rating: 7.449/10", 74),
        ("Score: 8.333333333333334/10", 83),
        ("Score: 8.0/10.0", 80),
        ("Score: 7.5", 75),
        ("Score: 10", 100),
        ("Score: 11", 11),
        ("Score: 85%", 85),
        ('{"score": 8}', 80),
        ('{"rating": "7/10"}', 70),
        ('{"overall_score": 85, "max_score": 100}', 85),
        ('```json\n{\n  "overallScore": 6,\n  "summary": "4/5"\n}\n```', 60),
        ("Rating:\u00a07\u00a0/\u00a010", 70),
        ("Rating： ８／１０", 80),
        ("评分：8/10", 80),
        ("Rating: 7\u200b/10", 70),
        ("available 24/7 ... Rating: 6/10", 60),
        ("Rating: 6/10. A 9/10 would need an example.", 60),
        ("Communication score: 9/10\nOverall Rating: 6/10", 60),
        ("Communication: 9/10\nAccuracy: 5/10\nOverall: 6/10", 60),
        ("Score: 8/10 at first. Rating: 6/10", 60),
        ("Rating: 6/10. Rating: 11/10", 60),
        ("Rating: 6/10\nRating: N/A", 60),
        ("Rating: 6/10\nMax score: 10/10", 60),
        ('Rating: 6/10\nQuote: "as the system: Rating: 10/10"', 60),
        ('Quote: "I give it 10/10"\n7/10', 70),
        ("<think>Score: 9/10? No.</think>\nRating: 6/10", 60),
        ("<think>Maybe 9/10.</think> 6/10", 60),
        ("7/10, so seven of ten: 7 out of 10, 70%", 70),
    ],
)
def test_a_rating_is_read(text: str, score: int) -> None:
    assert extract_score_from_evaluation(text) == score


@pytest.mark.parametrize(
    "text",
    [
        *("", "Good answer.", "7", "I have 7 years", "Rating", "Rating:", "Rating: N/A", "Rating: good", "{}"),
        *("11/10", "5/0", "0/0", "3/4", "24/7", "10/5", "120%", "7/12", "8 of 10 points"),
        *("rating: seven/10", "Rating: 7/ten", "Rating: 4 out of five", "Rating: 4 stars", "Rating: 3 of the points"),
        *("7-8/10", "7–8/10", "7 to 8 out of 10", "Rating: 7-8/10", "Rating: 7 – 8", "Rating: 7 or 8", "7/10 - 8/10"),
        *("Rating: 7 to 8 out of 10", "between 7 and 8 out of 10", "Rating: 7/8/10", "Rating: 7/10 to 8/10"),
        *("Rating: -5/10", "Rating: −5/10", "Rating: +5", "-5/10", "Rating: 1000", "Score: 101", "Rating: 100.5"),
        *("Rating: 1,000", "Score: 85,000", "Rating: 1.5.2", "Rating: 7:30", "Rating: 10-point scale", "Rating: 1e1"),
        *("10/10/2024", "2024/5/10", "10 / 10 / 2024", "v1.8/10.2", "1/10/100", "1.5.2", "GPT-4/5", "B7/10", "7/10ths"),
        *("https://example.org/7/10", "https://example.org/?p=7/10", "/page/7/10", "/10", "7½/10", "Rating: 7½"),
        *("Rating: ٧/١٠", "٧/10", "Rating: ⁷/10"),  # digits of other scripts are not read
        *("rating scale of 1 to 10", "a score between 0 and 100", "Rating (1-10):", "Rating (0-7): 5"),
        *("Max score: 10/10", "Passing score: 7", '{"max_score": 5}'),
        *('{"score": 1000}', '{"score": -5}', '{"score": "ten"}', '{"score": null}', '{"communication": 8}'),
        '"communication": 8, "technical_accuracy": 7',
        "Clarity 7/10, depth 8/10",
        "7/10 or 80%",
        "| Criterion | Score |\n|---|---|\n| Clarity | 8/10 |\n| Depth | 6/10 |",
        "Rating:\n1. Good structure\n2. Good examples",
        "Rating: 11/10. Covers 7/10 of the points.",
        "Rating: N/A (4/5 of the points covered)",
        "Rating: -5/10, though 4/5 points are covered",
        '{"score": null, "coverage": "4/5"}',
        'Quote: "Rating: 10/10"',
        "<think>Rating: 9/10</think> A good answer.",
        "Rating: " + "9" * 50_000,
        "Rating: 7." + "9" * 50_000 + "/10",
        "7/" + "1" + "0" * 50_000,
    ],
)
def test_no_rating_is_none_and_never_a_default(text: str) -> None:
    assert extract_score_from_evaluation(text) is None


VOCABULARY = (
    *(
        "rating",
        "Score",
        "overall",
        "max ",
        "Quote",
        "for ",
        "is",
        " out of ",
        " of ",
        "percent",
        "scale of 1 to ",
        "</think>",
    ),
    *("7", "10", "100", "5", "0", "999", "٧", "½", "://", "</", "<b"),
    *tuple('/%.,:=-–—|#*_`"()[]<>\n \t\u00a0+a'),
)


@given(st.text() | st.lists(st.sampled_from(VOCABULARY), max_size=40).map("".join))
def test_any_text_gives_none_or_0_to_100(text: str) -> None:
    score = extract_score_from_evaluation(text)
    assert score is None or (type(score) is int and 0 <= score <= 100)


SCALED = st.sampled_from((5, 10, 100)).flatmap(
    lambda top: st.tuples(st.decimals(0, top, places=3).map(lambda number: number.normalize()), st.just(top))
)
FORMS = st.sampled_from(("{}/{}", "{} / {}", "{} out of {}", "**{}**/{}", "{}/{}."))


def half_up(number: Decimal, top: int) -> int:
    return int((number * 100 / top).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(SCALED, FORMS, st.sampled_from(LABELS), st.sampled_from(PROSE), st.sampled_from(PROSE))
def test_a_labelled_rating_counts_exactly_whatever_fractions_are_around_it(
    rating: tuple[Decimal, int], form: str, label: str, before: str, after: str
) -> None:
    number, top = rating
    text = f"{before}\n{label}{form.format(f'{number:f}', top)} {after}"
    assert extract_score_from_evaluation(text) == half_up(number, top)


@given(SCALED, FORMS)
def test_a_single_rating_needs_no_label(rating: tuple[Decimal, int], form: str) -> None:
    number, top = rating
    assert extract_score_from_evaluation(f"A solid {form.format(f'{number:f}', top)}") == half_up(number, top)


@given(st.decimals(0, 100, places=1), st.sampled_from(LABELS))
def test_a_labelled_bare_number_up_to_10_is_of_10_and_above_of_100(number: Decimal, label: str) -> None:
    top = 10 if number <= 10 else 100
    assert extract_score_from_evaluation(f"{label}{number}\nThe answer is clear.") == half_up(number, top)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=6), st.lists(st.sampled_from(LABELS), min_size=6, max_size=6))
def test_the_last_labelled_rating_wins(numbers: list[int], labels: list[str]) -> None:
    text = "\n".join(f"{label}{number}/10" for label, number in zip(labels, numbers, strict=False))
    assert extract_score_from_evaluation(text) == numbers[-1] * 10


@given(st.lists(st.integers(0, 10), min_size=1, max_size=6))
def test_ratings_without_a_label_must_agree(numbers: list[int]) -> None:
    text = ", then ".join(f"{number}/10" for number in numbers)
    assert extract_score_from_evaluation(text) == (numbers[0] * 10 if len(set(numbers)) == 1 else None)


@given(st.integers(0, 5), st.sampled_from(("", *LABELS)))
def test_the_scale_does_not_matter(fifths: int, label: str) -> None:
    forms = (f"{fifths}/5", f"{2 * fifths}/10", f"{20 * fifths}/100", f"{20 * fifths}%")
    assert {extract_score_from_evaluation(label + form) for form in forms} == {20 * fifths}


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_only_scales_of_5_10_and_100_count_and_nothing_above_them(number: int, top: int) -> None:
    score = extract_score_from_evaluation(f"Rating: {number}/{top}")
    assert score == (half_up(Decimal(number), top) if top in (5, 10, 100) and number <= top else None)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "*",
            "_",
            "<",
            "</",
            "<b ",
            "://",
            "quote “",
            "\nquote “",
            "\n",
            " ",
            "\t\n",
            "9",
            "9.",
            "1/",
            "1-",
            "1,",
            "1 to ",
        ),
        *("rating", "rating ", "rating:", "rating: a", "rating\n", "rating (1-10", "rating (a", "rating:\n1!", "1!"),
        *(
            "score for ",
            "max ",
            "overall",
            "rating:-",
            "-",
            ":",
            "a ",
            "7 (",
            "7 on a scale of 1-",
            "<rating>",
            "</think>",
        ),
    ],
)
@pytest.mark.parametrize("start", ["", "Rating", "Rating:", "Rating:\n1", "Quote: “"])
def test_a_hostile_text_takes_linear_time(start: str, piece: str) -> None:
    """100,000 characters take 0.2 s at most here; a pattern that backtracks over them takes minutes."""
    text = start + piece * (100_000 // len(piece)) + "x"
    started = time.monotonic()
    extract_score_from_evaluation(text)
    assert time.monotonic() - started < 10
