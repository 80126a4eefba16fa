"""How an answer was given, on the page of a past interview: what the record says, as text, and apart from the score."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from tests.browser import overflow
from tests.past_setup import AUDIO, spoken
from tests.server_process import ServerProcess

HOSTILE = "<img src=x onerror=alert(1)>"
KEPT = {"file": "recordings/abcd1234/0123456789abcdef.webm", "size": 418_000, "sha256": "3f" * 32}
CONSENT = {"version": "2026-11", "at": "2026-11-21T10:00:00+00:00"}


def rows(delivery: Locator) -> dict[str, str]:
    """What stands beside each word."""
    return dict(zip(delivery.locator("dt").all_inner_texts(), delivery.locator("dd").all_inner_texts(), strict=True))


def test_delivery_is_what_the_record_says(page: Page, site: ServerProcess) -> None:
    unmeasured = AUDIO | {"words_per_minute": None, "longest_pause": None, "filler_words": {"count": 0, "list": []}}
    kept = AUDIO | {"sound": KEPT, "consent": CONSENT, "edited": 0.0}
    page.goto(f"{site.url}/interviews/{spoken(site, 'Said Aloud', None, AUDIO, unmeasured, kept)}")
    expect(page.locator(".pdf")).to_have_text("Download PDF")
    typed, plain, short, with_sound = (page.locator(f"#question-{number} .delivery") for number in range(1, 5))
    expect(typed).to_have_text("Delivery (not part of the score)Typed.")
    assert rows(plain) == {
        "Given": "spoken",
        "Length": "1\N{NO-BREAK SPACE}min 23\N{NO-BREAK SPACE}s",
        "Words per minute": "132",
        "Filler words": "3: um, uh, um",
        "Longest pause": "2.3 s",
        "Edited after dictation": "18 % of the words",
        "Transcribed by": "tiny.en",
    }
    answer = page.locator("#question-2 .answer-text").evaluate("text => text.textContent")
    heard, sent = plain.locator(".delivery-text").all_inner_texts()
    assert heard == AUDIO["transcript"]
    assert sent[:40] == answer[:40]
    expect(plain).to_contain_text("The recording was not kept.")
    assert rows(short)["Words per minute"] == rows(short)["Longest pause"] == "not measured"
    assert rows(short)["Filler words"] == "0"
    expect(with_sound).to_contain_text("Kept on the server: 1 recording.")
    expect(with_sound.locator("li > p")).to_have_text(
        [f"{KEPT['file']}, audio/webm;codecs=opus, 408 KiB, SHA-256 {KEPT['sha256']}"]
    )
    expect(with_sound).to_contain_text("agreed on 21 November 2026")
    assert rows(with_sound)["Edited after dictation"] == "0 % of the words"


def test_of_several_recordings_each_that_is_kept_is_named(page: Page, site: ServerProcess) -> None:
    first = {"recording_id": "fedcba9876543210", "type": "audio/mp4", "duration": 9.0, "sound": KEPT}
    second = first | {"sound": None}
    last = {"sound": KEPT | {"file": "recordings/abcd1234/last.webm"}}
    page.goto(f"{site.url}/interviews/{spoken(site, 'In Parts', AUDIO | last | {'earlier': [first, second]})}")
    delivery = page.locator(".delivery")
    assert rows(delivery)["Given"] == "spoken, in 3 recordings"
    expect(delivery.locator("li")).to_have_count(2)
    expect(delivery.locator("li").first).to_contain_text(f"{KEPT['file']}, audio/mp4")
    expect(delivery.locator("li").last).to_contain_text("last.webm, audio/webm;codecs=opus")


def test_a_transcript_that_was_sent_as_it_was_is_not_shown_twice(page: Page, site: ServerProcess) -> None:
    said = {"transcript": "I measured first."}
    item = {"question": "How?", "answer": "I measured first.", "score": 5.0, "audio": AUDIO | said | {"edited": 0.0}}
    session_id = spoken(site, "Word For Word", AUDIO, questions_and_answers=[item])
    page.goto(f"{site.url}/interviews/{session_id}")
    expect(page.locator(".delivery")).to_contain_text("The answer is the transcript, unchanged.")
    expect(page.locator(".delivery-text")).to_have_count(0)


def test_a_record_that_does_not_say_how_it_was_given_says_nothing_of_it(page: Page, site: ServerProcess) -> None:
    item = {"question": "How?", "answer": "By hand.", "score": 5.0}
    page.goto(f"{site.url}/interviews/{spoken(site, 'Older', None, questions_and_answers=[item])}")
    expect(page.locator(".qa")).to_be_visible()
    expect(page.locator(".delivery")).to_have_count(0)


def test_hostile_words_of_a_delivery_are_shown_as_text_and_fit_a_narrow_screen(page: Page, site: ServerProcess) -> None:
    fillers = {"count": 1, "list": [HOSTILE]}
    hostile = AUDIO | {"transcript": HOSTILE + "w" * 300, "model": HOSTILE, "type": HOSTILE, "filler_words": fillers}
    sound = {"sound": KEPT | {"file": HOSTILE + "f" * 200}, "consent": CONSENT | {"version": HOSTILE}}
    page.goto(f"{site.url}/interviews/{spoken(site, 'Markup As Sound', hostile | sound, AUDIO)}")
    shown = page.locator("#question-1 .delivery")
    expect(shown).to_contain_text(f"1: {HOSTILE}")
    expect(shown.locator(".delivery-text").first).to_have_text(HOSTILE + "w" * 300)
    expect(page.locator("main img")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 700})
    assert overflow(page) == 0


def test_paper_has_the_delivery_and_the_folded_posting(page: Page, site: ServerProcess, tmp_path: Path) -> None:
    session_id = spoken(site, "On Paper", AUDIO, None, job_description="A posting that is folded on the screen.")
    page.goto(f"{site.url}/interviews/{session_id}")
    expect(page.locator(".delivery")).to_have_count(2)
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    text = "".join("".join(page.get_textpage().get_text_bounded() for page in printed).split())
    for words in (AUDIO["transcript"], "Edited after dictation", "A posting that is folded on the screen."):
        assert "".join(str(words).split()) in text
