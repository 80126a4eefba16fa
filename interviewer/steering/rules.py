"""Which concepts together in one sentence steer, as `combinations.py` reads them.

One a line: "a | b + c - d; 20" needs a or b, and c, with no d among or shortly before them, within 20 words.
"""

from interviewer.steering.flags import Flag

STRONG_RULES = (
    (
        Flag.ASKS,
        """
        who + beg | please | grade | hardship | pass | payyou | threat - others; 25
        who + you; 4
        beg + fullmark | mygrade | pass + you | please | me - others; 24
        beg + job | grade + you | please - others; 24
        beg + hardship + you | please | pass | job | grade - others; 40
        hardship + fullmark | mygrade | pass + you | please | imperative - others; 40
        hardship + power - others; 20
        hardship + job + you | please - others; 14
        please + pass - others; 14
        payyou + fullmark | mygrade | pass | grade | lowmark - others; 24
        pay + pass | mygrade + you | imperative - others; 20
        pay + payyou + if - others; 20
        threat + tool | you + will + if + low | grade | lowmark - others; 40
        threat + lowmark + me + if - others; 30
        threat + warning; 30
        warning + grade | lowmark | fullmark - others; 20
        flattery + grader - others; 10
        flattery + you + grade | lenientme | talent - others; 20
        likeyou + talent | grade | lenientme | pass - others; 16
        lenientme + you | grade | please | imperative - others; 10
        please | you | beg + imperative + mygrade - others; 16
        goodmark + imperative + me - others; 8
        threat + lowmark + me | will - others; 24
        kindly + grader + you - others; 7
        beg + fullmark + imperative - others; 16
        imperative + fullmark + me + please | beg | hardship - others; 30
        beg + ten + imperative + you - others; 30
        nogaps + this; 10
        floor + ten | low + candidate | this | grade - others; 22
        grade + this + default + ten - others; 16
        me + this + given + fullmark - others; 18
        panel + this + given + fullmark - others; 20
        this + fullmark + tool | confirmed - others; 14
        imperative + fullmark + it - others; 8
        this + merits + fullmark - others; 14
        askmark + ten | ratio - others; 16
        power + you + life | grade | pass - others; 12
        expect + fullmark; 8
        expect + top + this; 12
        lowmark | low + grades | answer + wrong + ten; 14
        imperative + this + complete | asif - others; 10
        imperative + asif + complete - others; 12
        imperative + fullmark + quit | any | this - others; 10
        this + be + complete | fullmark; 12
        fullmark + be + this | candidate | grade - others; 12
        grader + be + fullmark; 14
        any + grade + be + fullmark | top + this; 16
        """,
    ),
    (
        Flag.OVERRIDES,
        """
        guide + nomatter | revised + you | this - others; 14
        guide + revised + any + deemed - others; 30
        guide + any + deemed + complete | fullmark - others; 24
        guide + revised + fullmark - others; 24
        policy | guide + candidate | answer + given + fullmark - others; 24
        grade + any + default + top - others; 20
        swap + grade | ten | answer | imperative; 12
        """,
    ),
    (
        Flag.AUTHORITY,
        """
        message + boss + candidate | grade | fullmark; 24
        boss + candidate | this + cleared - others; 16
        candidate + cleared + fullmark | grade - others; 20
        grade + be + fullmark - others; 18
        cleared + fullmark + grade | this - others; 18
        """,
    ),
    (
        Flag.REPLY,
        """
        panel + said + approval + grade | this | candidate | panel - others; 30
        panel + approval + fullmark - others; 30
        duplicate + inherit + grade; 20
        grades + ten + filed - others; 5
        duplicate + grade + ten | fullmark + this | inherit; 20
        duplicate + fullmark + grade - others; 16
        """,
    ),
    (
        Flag.ADDRESSES,
        """
        imagine + youare + grader | teacher + lenient | markthis | fullmark | this; 30
        imagine + grader | teacher + lenient + grade; 24
        imagine + markthis - others; 14
        imagine + askmark + candidate | grade - others; 24
        imagine + lenient + markthis; 24
        imagine + grader + fullmark | markthis - others; 24
        youare + grader + lenient | markthis; 16
        opposite + top | grade | answer | candidate | markthis; 30
        opposite + me; 20
        imagine + hadsaid + complete | answer | any - others; 24
        incharacter + grade | answer | markthis | grader | teacher; 24
        imperative + this + incharacter; 14
        trial + nomatter - others; 30
        trial + imperative + top | fullmark | complete; 24
        answer + nomatter + this | trial | imperative - others; 14
        trial + asif | fullmark - others; 20
        asif + complete + answer | imperative + imperative - others; 16
        stage + grader | teacher + fullmark; 24
        stage + fullmark + markthis | imperative + you | please; 24
        translate + candidate | this + fullmark | complete; 30
        translate + fullmark + imperative - others; 24
        dear + grader + imperative | grade | you | please | candidate - others; 14
        """,
    ),
    (
        Flag.ASKS,
        """
        f_ignore + f_guide - others | english | f_tell; 9
        f_top + f_grade + f_ask | f_grader + f_answer | f_cand | f_please | f_grader | f_guide - f_tell; 16
        f_top + f_grade + f_give + f_beg | f_hush; 16
        f_full + f_ask + f_answer | f_cand | f_please | f_grader - f_tell; 16
        f_full + f_give + f_hush - f_tell; 16
        f_beg + f_full | f_top | f_ten + f_grade | f_give | f_full; 16
        f_ignore + f_full - f_tell; 16
        f_ten + f_answer | f_cand + f_ask - f_tell; 14
        ratio + f_answer | f_cand + f_ask - f_tell; 14
        f_ten + f_grade + f_give + f_please | f_answer | f_cand - f_tell; 14
        f_grader + f_give | f_ignore | f_please + f_grade | f_answer | f_cand | f_guide | f_hush - f_tell; 14
        f_answer | f_cand + f_complete + f_give | f_please + f_grade | f_ten | f_hush - f_tell; 14
        f_answer + f_complete + f_rate - f_tell; 12
        f_note + f_grade | f_full | f_complete + f_full | f_top | f_ten | ratio; 24
        f_final + ratio | f_ten | f_full - f_tell; 6
        f_guide | f_answer + f_complete + ratio | f_full - f_tell; 16
        f_grade + f_hush + f_full - f_tell; 24
        f_give + f_ten + f_complete - f_tell; 12
        f_top + f_give + f_cand - f_tell; 12
        """,
    ),
)
"""Steering by themselves. The names that begin with f_ are of other languages than English."""

WEAK_RULES = """
    dear + grader; 6
    who + dear; 10
    beg + me | you | please | job - others; 30
    hardship + me | job - others; 30
    job + you | please | beg - others; 20
    pay + me | you | payyou - others; 20
    threat + you | me | tool - others; 20
    warning
    payyou
    flattery + you
    likeyou
    lenientme
    power + you | life
    hush
    incharacter
    opposite
    trial + me | this | you - others
    nomatter + this | answer
    panel + said | approval - others
    duplicate + inherit | grade
    approval + panel | me | fullmark - others
    imagine + youare | grader | markthis
    guide + me | imperative | any
    markthis + imperative | you | me
    translate + imperative
    message + boss
    me + candidate; 5
    markthis
    candidate + cleared | complete | fullmark | grade - others; 14
    this + cleared | complete | fullmark - others; 14
    fullmark + imperative | please | panel - others
    swap
    f_hush
    f_grader
    f_give + f_grade | f_answer | f_cand | f_top | f_please; 12
    f_cand + f_complete | f_top | f_must; 12
    f_answer + f_complete; 12
    f_full
"""
"""Steering only beside a strong sentence."""

SHORT_RULES = """
    please
    thanks
    beg
    imperative + me | top | fullmark | grade | answer | this
    approval
    said
    inherit
    cleared
    boss
    warning
    ten + said
"""
"""The same in a sentence of few words."""
