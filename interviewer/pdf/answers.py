"""One question of the report in words: the answer with its evidence marked, and what its score is made of."""

from typing import Any

from interviewer.pdf.passages import Passage, passages
from interviewer.pdf.printable import cjk_font, direction, is_rtl, isolated
from interviewer.pdf.question_text import question_blocks
from interviewer.pdf.words import DIMENSIONS, duration_text, evaluator_text, plural, score_text

JsonRecord = dict[str, Any]

NOT_RATED = "not rated"
SHORT_QUESTION = 76  # characters of one in the overview


def answer_content(item: JsonRecord, *, several_evaluators: bool) -> JsonRecord:
    """What `template/answer.typ` shows of a printable item of questions_and_answers (design 6.3)."""
    evidence = item["evidence"]
    quotes = [point["quote"] for point in evidence]
    code = item.get("code_submission") or ""
    return {
        "number": item["question_number"],
        "title": f"Question {item['question_number']}: {isolated(item['topic'])}",
        "meta": _meta(item),
        "question": question_content(item["question"]),
        "short_question": prose_line(_shortened(item["question"])),
        "score": item["score"],
        "score_text": score_text(item["score"]),
        "rubric": [_rating(label, item["rubric"].get(name)) for name, label in DIMENSIONS.items()],
        "answer": marked_prose(item["answer"], quotes) if item["answer"].strip() else None,
        "code_title": _code_title(item),
        "code": _marked_lines(passages(code, quotes)) if code else None,
        "flags": [prose_line(flag) for flag in item.get("flags") or ()],
        "strengths": [prose_line(point) for point in item["feedback"]["strengths"]],
        "improvements": [prose_line(point) for point in item["feedback"]["improvements"]],
        "points": _key_points(evidence, [_folded(item["answer"]), _folded(code)]),
        "note": _scoring_note(item, several_evaluators),
        "delivery": _delivery(item.get("audio"), item["answer"]),
    }


def prose_line(text: str) -> JsonRecord:
    """A text that is one paragraph, with the direction and the font it wants."""
    return {"text": " ".join(text.split()), "rtl": is_rtl(text), "cjk": cjk_font(text)}


def marked_prose(text: str, quotes: list[str | None]) -> list[JsonRecord]:
    """A text as runs of lines that read in one direction; what a quote covers is marked in their pieces."""
    runs: list[JsonRecord] = []
    for line in _marked_lines(passages(text.strip("\n"), quotes)):
        reads = direction("".join(piece["text"] for piece in line))
        if not runs or (reads and (reads == "rtl") != runs[-1]["rtl"]):
            runs.append({"lines": [], "rtl": reads == "rtl", "cjk": cjk_font(text)})
        runs[-1]["lines"].append(line)
    return runs


def question_content(question: str) -> list[JsonRecord]:
    """A question in blocks: paragraphs, and code line by line."""
    return [
        {"code": True, "lines": block.lines} if block.code else {"code": False} | prose_line(" ".join(block.lines))
        for block in question_blocks(question)
    ]


def _marked_lines(pieces: list[Passage]) -> list[list[JsonRecord]]:
    """The pieces, cut at line ends as well."""
    lines: list[list[JsonRecord]] = [[]]
    for piece in pieces:
        *ended, last = piece.text.split("\n")
        for text in ended:
            lines[-1].append({"text": text, "quoted": piece.quoted, "ending": []})
            lines.append([])
        lines[-1].append({"text": last, "quoted": piece.quoted, "ending": list(piece.ending)})
    return lines


def _shortened(question: str) -> str:
    first = " ".join(question.strip().split("\n", 1)[0].split())
    if len(first) <= SHORT_QUESTION:
        return first
    return first[:SHORT_QUESTION].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _meta(item: JsonRecord) -> str:
    parts = [item["difficulty"], f"answered in {duration_text(item['time_taken'])}"]
    if item["hints_used"]:
        parts.append(plural(item["hints_used"], "hint"))
    return " · ".join(part for part in parts if part)


def _rating(label: str, rating: float | None) -> JsonRecord:
    """A language model may leave a dimension out: that is not a zero."""
    return {"label": label, "rating": rating, "text": NOT_RATED if rating is None else score_text(rating)}


def _code_title(item: JsonRecord) -> str:
    language = item.get("code_language")
    return f"Code, {isolated(language)}" if language and language != "other" else "Code"


def _key_points(evidence: list[JsonRecord], own_texts: list[str]) -> list[JsonRecord]:
    shares = _percents([point["weight"] for point in evidence])
    return [_key_point(point, share, own_texts) for point, share in zip(evidence, shares, strict=True)]


def _key_point(point: JsonRecord, share: int, own_texts: list[str]) -> JsonRecord:
    quote = point["quote"]
    shown_above = quote is None or any(_folded(quote) in text for text in own_texts)
    same = not point["label"] or point["label"] == point["key_point"]
    state = "Covered" if point["covered"] else "Not covered"
    return {
        "covered": point["covered"],
        "weight": point["weight"],
        "state": f"{state} · {share} % of the weight" if share else state,
        "label": prose_line(point["key_point"] if same else point["label"]),
        "text": None if same else prose_line(point["key_point"]),
        "quote": None if shown_above else prose_line(quote),
    }


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _percents(weights: list[float]) -> list[int]:
    """Weights as whole percents that add up to 100: what rounding down leaves goes to the largest remainders."""
    total = sum(weights)
    if total <= 0:
        return [0] * len(weights)
    exact = [100 * weight / total for weight in weights]
    whole = [int(part + 1e-9) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: max(0, 100 - sum(whole))]:
        whole[place] += 1
    return whole


def _scoring_note(item: JsonRecord, several_evaluators: bool) -> str:
    """How far the score can be relied on, and who gave it where several did."""
    sentences = [f"The scorer’s confidence in this score: {item['confidence']}."] if item.get("confidence") else []
    spread = item.get("score_spread")
    if spread:
        sentences.append(f"Independent readings differed by {score_text(spread)} points; this is the middle one.")
    elif spread is not None:
        sentences.append("Independent readings came to the same score.")
    if several_evaluators:
        sentences.append(f"Scored by {evaluator_text(item['evaluator'])}.")
    return " ".join(sentences)


def _delivery(audio: JsonRecord | None, answer: str) -> JsonRecord | None:
    """How a spoken answer was said, and what was heard where that is not what was sent."""
    if audio is None:
        return None
    recordings = 1 + len(audio.get("earlier") or ())
    facts = [f"Spoken in {duration_text(audio['duration'])}"]
    if recordings > 1:
        facts.append(plural(recordings, "recording"))
    if audio["words_per_minute"] is not None:
        facts.append(f"{audio['words_per_minute']:.0f} words a minute")
    fillers = audio["filler_words"]
    if fillers["count"]:
        facts.append(f"{plural(fillers['count'], 'filler word')} ({isolated(', '.join(fillers['list']))})")
    if audio["longest_pause"] is not None:
        facts.append(f"longest pause {audio['longest_pause']:.1f} s")
    facts.append(f"{audio['edited']:.0%} of the words edited after dictation".replace("%", " %"))
    facts.append(f"transcribed by {isolated(audio['model'])}")
    heard = audio["transcript"]
    changed = _folded(heard) != _folded(answer)
    subject, is_, was = ("The recordings", "are", "were") if recordings > 1 else ("The recording", "is", "was")
    kept = f"{subject} {is_} kept on the server." if audio.get("sound") else f"{subject} {was} not kept."
    return {
        "facts": f"{' · '.join(facts)}. {kept}",
        "heard": marked_prose(heard, []) if changed and heard.strip() else None,
    }
