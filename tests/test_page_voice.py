"""Answering aloud, with the server's own model: the check, the recording, the words, and what is sent."""

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from interviewer.interviewers.builtin.bank import QuestionBank
from tests.browser import begin_interview, expect_question, requests_to, view
from tests.server_process import ServerProcess
from tests.spoken import seconds
from tests.voice_browser import (
    SPOKEN,
    OpenVoicePage,
    choose_voice,
    expect_heard,
    expect_state,
    open_check,
    record,
    speak_into,
    wait_recorded,
)

TRANSCRIBED_MS = 60_000


def fitting_answer(question: str) -> str:
    """What a candidate who knows the answer says: the question bank's own sample, or SPOKEN on their experience."""
    samples = {item.text: item.sample_answer for item in QuestionBank().questions.values()}
    return samples.get(question, SPOKEN)


def test_a_whole_interview_is_spoken_transcribed_sent_and_scored(
    voice_page: OpenVoicePage, microphone: Path, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=2))
    for number in (1, 2):
        expect_question(page, number, total=2)
        expect_state(page, "ready")
        speak_into(microphone, fitting_answer(view(page, site)["question"]))
        record(page, seconds(microphone.read_bytes()) + 1)
        expect_heard(page)
        page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()
    for item in view(page, site)["report"]["questions_and_answers"]:
        assert item["score"] >= 5, (item["question"], item["answer"], item["evidence"])
        assert quoted(item) != []
        assert item["audio"]["transcript"] == item["answer"]
        assert item["audio"]["edited"] == 0


def quoted(item: dict[str, Any]) -> list[str]:
    """The evidence of an answer: its own words."""
    quotes = [evidence["quote"] for evidence in item["evidence"] if evidence["quote"]]
    assert [quote for quote in quotes if quote not in item["answer"]] == []
    return quotes


def test_the_check_gives_the_test_phrase_back_as_text(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    open_check(page, site, begin_interview(site))
    expect(page.locator("#check-ask")).to_contain_text("The browser will ask")
    expect(page.locator("#check-way")).to_contain_text("server")
    page.click("#check-allow")
    expect(page.locator("#check-level-words")).to_have_text("Good level")
    page.click("#check-phrase")
    expect(page.locator("#check-phrase")).to_contain_text("Stop")
    expect(page.locator("#check-time")).to_have_text("0:04")
    page.click("#check-phrase")
    expect(page.locator("#check-said")).to_contain_text("role", timeout=TRANSCRIBED_MS)
    expect(page.locator("#check-play")).to_be_visible()
    assert not (site.data_dir / "recordings" / view(page, site)["session_id"]).exists()


def test_a_reload_keeps_the_recording_its_words_and_its_place_in_the_answer(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=1))
    record(page, 4)
    expect_heard(page, "role")
    page.reload()
    expect_state(page, "check")
    expect(page.locator("#replay")).to_be_visible()
    page.fill("#answer", "I owned the service and its tests, and measured it every week.")
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()
    [answer] = view(page, site)["report"]["questions_and_answers"]
    assert "role" in answer["audio"]["transcript"].casefold()
    assert answer["audio"]["edited"] > 0


def test_a_second_recording_adds_to_the_answer_and_recording_again_replaces_it(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.fill("#answer", "Typed before.")
    record(page, 4)
    expect_heard(page, "typed before", "role")
    once = page.input_value("#answer")
    record(page, 4)
    expect_heard(page, "role")
    twice = page.input_value("#answer")
    assert twice.startswith(once)
    assert twice.casefold().count("role") == 2
    page.fill("#answer", twice.replace("role", "ROLE"))
    expect(page.locator("#record-again")).to_be_hidden()  # those words are the candidate's own now
    page.fill("#answer", twice)
    page.click("#record-again")
    expect_state(page, "listening")
    wait_recorded(page, 4)
    page.click("#record")
    expect_heard(page, "role")
    again = page.input_value("#answer")
    assert again.startswith(once)
    assert again.casefold().count("role") == 2
    page.click("#submit")
    expect_question(page, 2)
    audio = view(page, site)["answers"][0]["audio"]
    assert len(audio["earlier"]) == 1  # the first; the second was replaced
    assert audio["transcript"] == again.removeprefix("Typed before.").strip()


def test_silence_counts_down_can_be_stopped_and_ends_the_recording_but_sends_nothing(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    sent = requests_to(page, "/api/submit-answer")
    page.locator(".voice-settings summary").click()
    page.check("#stop-at-silence")
    page.click("#record")
    expect(page.locator("#silence")).to_be_visible(timeout=60_000)
    page.click("#keep-on")
    expect(page.locator("#silence")).to_be_hidden()
    expect_state(page, "listening")
    expect(page.locator("#silence-text")).to_have_text("Silence: recording stops in 1 s.", timeout=20_000)
    expect_heard(page)
    assert "measured" in page.input_value("#answer").casefold()
    assert sent == []
