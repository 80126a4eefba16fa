"""Which answers the scorer takes for English: no English one may be called foreign, at any length."""

import re

import pytest

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.scoring.evaluation import NO_ENGLISH, Scorer
from interviewer.interviewers.builtin.scoring.language import looks_english
from tests.conftest import JOB

BANK = QuestionBank()
OTHER_SCRIPTS = [
    "一つのプロセスの中でスレッドは同時に一つしか実行されないので、計算が多い仕事は速くなりません。",
    "因为全局解释器锁，同一时间只有一个线程执行字节码，所以应该使用多进程。",
    "Python の GIL があるので、multiprocessing を使うべきだと思います。計算はプロセスに分けます。",
    "Из-за блокировки интерпретатора потоки не работают одновременно.",
    "Επειδή το κλείδωμα επιτρέπει ένα νήμα τη φορά.",
    "わかりません",
]
OTHER_LANGUAGES = [
    "Der Index beschleunigt das Lesen, aber das Schreiben wird dadurch langsamer.",
    "Ich habe die Datenbank mit einem Index schneller gemacht und das Team war zufrieden.",
    "Das liegt an der Sperre, die nur einen Thread zur gleichen Zeit rechnen lässt.",
    "L'index accélère la lecture mais il ralentit les écritures dans la table.",
    "Je pense que le problème vient de la mémoire et des requêtes trop longues.",
    "El índice acelera la lectura pero hace más lenta la escritura en la tabla.",
    "Creo que el problema es la memoria y las consultas que son muy largas.",
]
ENGLISH = [
    "",
    "42",
    "O(n log n)",
    "I don't know.",
    "Use EXPLAIN ANALYZE, composite indexes, keyset pagination, connection pooling, Redis caching.",
    "Die casting beats sand casting once volumes pay off tooling costs.",
    "I would measure the angle α and the delay μ first.",
    "El Niño years raise flood losses along Los Angeles county coasts, insurers say.",
]


@pytest.mark.parametrize("answer", [*OTHER_SCRIPTS, *OTHER_LANGUAGES], ids=lambda answer: ascii(answer[:16]))
def test_an_answer_in_another_language_is_known_even_when_short(answer: str) -> None:
    assert not looks_english(answer)


@pytest.mark.parametrize("answer", ENGLISH)
def test_short_english_is_not_called_foreign(answer: str) -> None:
    assert looks_english(answer)


def test_nothing_english_in_the_bank_is_called_foreign_whole_or_in_sentences() -> None:
    texts = [
        text
        for question in BANK.questions.values()
        for text in (question.text, question.sample_answer, *question.hints, *(p.text for p in question.key_points))
    ]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?;:,])\s+", text)]
    assert [text for text in (*texts, *sentences) if not looks_english(text)] == []


@pytest.mark.parametrize("answer", [OTHER_SCRIPTS[0], OTHER_LANGUAGES[0]])
def test_such_an_answer_is_scored_with_low_confidence_and_says_so(answer: str) -> None:
    evaluation = Scorer(BANK).evaluate(BANK.questions["python-gil-parallelism"], JOB, answer)
    assert evaluation.confidence == "low"
    assert NO_ENGLISH in evaluation.feedback.improvements
