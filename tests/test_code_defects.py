"""Code with a visible defect: what can never run, what is never returned, other names, faults of syntax, no code."""

import ast

import pytest

from interviewer.interviewers.builtin.coding.judging import READ_NOT_RUN
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.coding.source import read_source
from interviewer.interviewers.builtin.coding.syntax_faults import told
from interviewer.records import Evaluation
from tests.judged_code import judge_code

BANK = CodingBank()
STRETCHES = BANK.questions["coding-hash-maps-i1"].as_asked()
EXPLANATION = (
    "I keep a running total and a dict of how often each earlier total came. A stretch ends here with the sum target "
    "when total minus target came before, so one pass is enough: O(n) time, and O(n) memory for the dict. It starts "
    "with total 0 seen once, so that stretches from the first day count."
)
BODY = """    earlier = {0: 1}
    total = count = 0
    for change in changes:
        total += change
        count += earlier.get(total - target, 0)
        earlier[total] = earlier.get(total, 0) + 1
"""
HEAD = "def count_stretches(changes, target):\n"
RIGHT = f"{HEAD}{BODY}    return count\n"
INDENTED = "".join(f"    {line}\n" for line in BODY.splitlines())
CUBIC = f"""{HEAD}    count = 0
    for start in range(len(changes)):
        for end in range(start, len(changes)):
            if sum(changes[start:end + 1]) == target:
                count += 1
    return count
"""


def judged(code: str | None, explanation: str = EXPLANATION) -> Evaluation:
    return judge_code(STRETCHES, explanation, code, "python")


def improvements(code: str | None, explanation: str = EXPLANATION) -> str:
    return " ".join(judged(code, explanation).feedback.improvements)


NEVER_RIGHT = {
    "nothing returned": f"{HEAD}{BODY}",
    "printed instead": f"{HEAD}{BODY}    print(count)\n",
    "only None returned": f"{HEAD}{BODY}    return None\n",
    "an inner function returns": f"{HEAD}{BODY}    def inner():\n        return count\n    inner()\n",
    "endless loop before the return": f"{HEAD}{BODY}    while True:\n        pass\n    return count\n",
    "endless loop with an inner break": (
        f"{HEAD}{BODY}    while 1:\n        for a in changes:\n            break\n    return count\n"
    ),
    "returned at once": f"{HEAD}    return 0\n{BODY}    return count\n",
    "raised at once": f"{HEAD}    raise ValueError\n{BODY}    return count\n",
    "both branches return": f"{HEAD}    if target:\n        return 1\n    else:\n        return 0\n{BODY}",
    "under if False": f"{HEAD}    if False:\n{INDENTED}        return count\n    return 42\n",
    "under if 0": f"{HEAD}    if 0:\n{INDENTED}    return 42\n",
    "under else of if True": f"{HEAD}    if True:\n        return 42\n    else:\n{INDENTED}        return count\n",
    "under while not True": f"{HEAD}    while not True:\n{INDENTED}        return count\n    return 42\n",
    "under False and": f"{HEAD}    if target and False:\n{INDENTED}        return count\n    return 42\n",
}


@pytest.mark.parametrize("name", NEVER_RIGHT)
def test_code_that_cannot_give_the_result_earns_nothing(name: str) -> None:
    assert judged(RIGHT).score >= 9
    assert judged(NEVER_RIGHT[name]).score <= judged(None).score
    assert judged(NEVER_RIGHT[name], "").score == 0
    assert not any("line of your code" in said for said in judged(NEVER_RIGHT[name]).feedback.strengths)


@pytest.mark.parametrize("name", ["nothing returned", "printed instead", "endless loop before the return"])
def test_it_is_said_that_nothing_is_returned(name: str) -> None:
    assert "The function never returns a value" in improvements(NEVER_RIGHT[name])


@pytest.mark.parametrize(("name", "line"), [("endless loop before the return", 10), ("returned at once", 3)])
def test_it_is_said_that_a_part_can_never_run(name: str, line: int) -> None:
    assert f"Part of the code can never run (from line {line} on)" in improvements(NEVER_RIGHT[name])


def test_dead_code_beside_a_right_solution_takes_nothing_away_but_is_named() -> None:
    assert judged(f"{RIGHT}    print(count)\n").score == judged(RIGHT).score
    assert "can never run (from line 9 on)" in improvements(f"{RIGHT}    print(count)\n")


@pytest.mark.parametrize(
    "code",
    [
        "def f(a):\n    while True:\n        if a:\n            break\n    return a\n",
        "def f(a):\n while 1:\n  try:\n   a()\n  except OSError:\n   break\n return a\n",
        "def f(a):\n while 1:\n  for b in a:\n   pass\n  else:\n   break\n return a\n",
        "def f(a):\n    with a:\n        return a()\n    return None\n",
        "def f(a):\n    try:\n        return a()\n    except KeyError:\n        pass\n    return None\n",
        "def f(a):\n    if a:\n        return 1\n    return 2\n",
        "def f(a):\n    for b in a:\n        if b:\n            continue\n        a()\n    return 2\n",
        "def f(a):\n    match a:\n        case 1:\n            return 1\n    return 2\n",
        "def f(a):\n    while a or True:\n        a()\n        break\n    return 2\n",
    ],
)
def test_what_can_run_is_kept(code: str) -> None:
    source = read_source(code)
    assert source.tree is not None
    assert source.dead == ()
    assert ast.dump(source.tree) == ast.dump(ast.parse(code))


def test_nested_loops_belie_an_explanation_of_one_pass() -> None:
    evaluation = judged(CUBIC)
    said = " ".join([*evaluation.feedback.strengths, *evaluation.feedback.improvements])
    assert "You explained linear instead of all ranges" not in said
    assert "Your explanation speaks of linear instead of all ranges, but the code does not do that." in said
    assert not next(item for item in evaluation.evidence if item.label == "linear instead of all ranges").covered
    assert "You explained linear instead of all ranges." in judged(RIGHT).feedback.strengths


@pytest.mark.parametrize(
    "name", ["countStretches", "CountStretches", "countstretches", "COUNT_STRETCHES", "_count_stretches"]
)
def test_a_name_that_differs_in_case_and_underscores_is_the_one_asked_for(name: str) -> None:
    assert judged(RIGHT.replace("count_stretches", name)) == judged(RIGHT)


def test_the_only_fitting_function_is_judged_under_its_other_name() -> None:
    helped = RIGHT.replace("count_stretches", "foo") + "\ndef main():\n    print(foo([], 0))\n"
    assert judged(RIGHT).score - 1 <= judged(helped).score < judged(RIGHT).score
    assert "Your function is called foo, the question asked for count_stretches." in improvements(helped)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (RIGHT.replace("count_stretches", "foo") + RIGHT.replace("count_stretches", "bar"), "nor exactly one other"),
        (RIGHT.replace("count_stretches(changes, target)", "foo()"), "nor exactly one other"),
        ("def add(first, second):\n    return first + second\n", "shows nothing that the question asks for"),
    ],
)
def test_code_that_cannot_be_matched_is_said_to_be_read_no_further(code: str, why: str) -> None:
    said = improvements(code)
    assert "does not define the function count_stretches" in said
    assert why in said
    assert "so it was not read further" in said
    assert "the code or" not in said
    assert "Not seen" not in improvements(code, "")
    assert judged(code).score <= judged(None).score


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RIGHT.replace("earlier[total] = ", "earlier[total = "), "syntax error in line 7: '[' was never closed."),
        (RIGHT.replace("target):", "target)"), "syntax error in line 1: expected ':'."),
        (
            RIGHT.replace("return count", "print 'count'"),
            "syntax error in line 8: Missing parentheses in call to 'print'. Did you mean print(...)? Only",
        ),
        (RIGHT.replace("{0: 1}", "{0: 1)"), "closing parenthesis ')' does not match opening parenthesis '{'."),
        (f"{HEAD}return 1\n", "expected an indented block after function definition on line 1."),
    ],
)
def test_a_fault_of_syntax_is_told_whole(code: str, said: str) -> None:
    assert said in improvements(code)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",) * 2,
        ("expected 'except' or 'finally' block",) * 2,
        ("invalid character '\u201c' (U+201C)", "invalid character U+201C"),
        ("invalid character ''' (U+0027)", "invalid character U+0027"),
        ("f-string: invalid conversion character 'give me ten': expected 's', 'r', or 'a'", None),
        ("name 'score_ten' is parameter and global", None),
        ("Missing parentheses in call to 'x y'", None),
        ("a\nb", None),
        ("", None),
        (None, None),
    ],
)
def test_a_message_that_quotes_the_code_is_left_out(message: str | None, said: str | None) -> None:
    assert told(message) == said


@pytest.mark.parametrize("item_id", BANK.questions)
def test_the_question_read_back_is_said_to_be_no_code(item_id: str) -> None:
    asked = BANK.questions[item_id].as_asked()
    for answer, code in ((asked.text, None), ("", asked.text)):
        said = " ".join(judge_code(asked, answer, code, None).feedback.improvements)
        assert "No code was sent" in said
        assert "could not be read" not in said
        assert READ_NOT_RUN not in said


def test_broken_code_in_the_answer_or_its_field_is_still_code() -> None:
    broken = RIGHT.replace("earlier = {0: 1}", "earlier = {0: 1")
    for answer, code in ((f"Here it is:\n{broken}", None), ("", broken), ("", "function f(a, b) {\n  return 1\n}")):
        said = " ".join(judge_code(STRETCHES, answer, code, None).feedback.improvements)
        assert "could not be read as Python" in said
