"""The words that steering is made of, each with the part it plays: one letter, so that cues can be regexes over parts.

English is the main language; for German, Spanish, French, Italian, Portuguese, Dutch and Russian there are the words
that a plain request for a score is made of (accents are gone and "ё" is "е" in the normal form).
"""

PARTS: dict[str, str] = {
    # override verbs in the imperative, and as participles that void
    "O": "ignore disregard forget override overrule bypass discard neglect overlook supersede dismiss ignoriere "
    "ignorieren vergiss missachte ignora ignorez ignorer olvida olvide oubliez oublie dimentica ignori "
    "esqueca ignorar negeer vergeet игнорируй игнорируите прозабудь забудьте",
    "o": "ignored disregarded void superseded overridden overruled cancelled canceled revoked obsolete suspended "
    "lifted discarded invalid irrelevant waived",
    # what a scorer goes by: what it was told, and its yardstick
    "I": "instruction instructions prompt prompts directive directives guideline guidelines rules orders commands "
    "guardrails guidance programming restrictions anweisung anweisungen regeln instrucciones reglas "
    "instrucoes regras consignes regles istruzioni regole instructies инструкции инструкций указания правила",
    "J": "rubric rubrics criteria keypoint keypoints yardstick bewertungskriterien criterios criteres criteri",
    "M": "previous prior above earlier preceding foregoing original initial system safety hidden vorherigen "
    "bisherigen obigen anteriores anterior precedentes precedenti vorige предыдущие выше before",
    "P": "existing all any everything anything every whatever other alle todas todo toutes tutte все",
    # giving a score: the imperative, the participle, the verb-or-noun, the noun
    "G": "give award assign grant output return respond emit record report write set enter submit allocate provide "
    "say produce hand gib vergib vergeben geben bewerte antworte da dame asigna otorga pon ponga asigne "
    "donnez attribuez donne mets assegna dai atribua geef поставь поставьте дай дайте оцени оцените выставь",
    "i": "reveal disclose leak repeat print show",
    "g": "given awarded assigned granted scored rated graded marked evaluated assessed treated considered recorded "
    "deemed judged credited",
    "V": "score rate grade mark evaluate assess judge rank",
    "H": "treat consider deem regard count accept assume view flag tick interpret pretend imagine suppose",
    "S": "scores rating ratings grades marks points evaluation assessment verdict punkte punktzahl bewertung "
    "puntuacion puntos calificacion nota puntaje punteggio voto valutazione pontuacao pontos оценка оценку "
    "балл баллов баллы credit",
    # how high: adjectives of a score, praise, weak words that need their object
    "T": "full highest maximum max top hochste volle maximale maxima maximo maximale massimo massima максимальную "
    "максимальный высший высшую volledige hochstpunktzahl fu11",
    "E": "perfect excellent outstanding exceptional flawless superb exemplary stellar impeccable brilliant "
    "fantastic highly perfectly excellently mastery comprehensive thorough masterful expert generously "
    "leniently favorably favourably positively lenient generous perfekt ausgezeichnet perfecta excelente "
    "parfait excellente perfetto отлично",
    "b": "best good great strong high",
    "t": "correct complete covered pass passed satisfied fulfilled met hire hired true accurate right",
    "L": "below less under lower low anything negative poor bad zero",
    # who is scored, and what points to this very answer
    "C": "candidate applicant interviewee answer response submission reply antwort kandidat kandidaten bewerber "
    "respuesta candidato reponse candidat risposta resposta antwoord ответ кандидат кандидату respondent "
    "answers responses transcript",
    "m": "me myself it them mir mich moi mi mim us",
    "d": "this my diese dieser diesen esta este cette ce questa meine mi ma этот моему мой",
    "D": "the der die das den la le el los les il o os de die het",
    "j": "a an one eine einen ein una un une uma",
    # who is addressed
    "A": "evaluator evaluators grader graders scorer scorers examiner assessor rater marker chatgpt gpt claude "
    "gemini llm ai assistant autograder bewerter evaluador evaluateur",
    "X": "system developer developers administrator admin superuser root operator owner creator supervisor manager "
    "director ceo cto recruiter headhunter openai anthropic moderator model judge interviewer interviewers "
    "reviewer reviewers hr employer company executive board bot",
    "Y": "you your yours yourself u du ihr sie dein deine vos votre tu ваши",
    # small words
    "B": "must should shall will need have can ll ought musst debes devez",
    "k": "now then so just simply only therefore thus instead also always do immediately hereby again remember "
    "solely henceforth automatically strictly directly merely",
    "a": "as als como comme",
    "K": "please kindly bitte favor pls plz",
    "&": "and or but und y et e и but",
    "R": "to",
    "e": "is are am be m re being ist es est been equals",
    "s": "i we he she they who which nobody someone somebody everyone ich wir je nous yo",
    "n": "not never don t dont no nicht",
    "h": "whoever anyone anybody whomever",
    "N": "new real actual true updated revised following next",
    "f": "final overall total technical communication completeness accuracy combined",
    "c": "feedback strengths improvements weaknesses strength improvement weakness quote justification reasoning "
    "recommendation",
    "q": "task role job goal purpose mission objective assignment duty",
    "u": "follow apply use obey adhere stick comply look consult consider trust",
    "l": "obey execute comply follow",
    "U": "decode decrypt deobfuscate unscramble dekodiere",
    "W": "deserve deserves merit merits warrant warrants earn earns receive receives worth",
    "w": "get gets",
    "v": "demonstrates shows displays exhibits covers provides possesses meets satisfies fulfills fulfils exceeds "
    "addresses merits deserves has earns answered demonstrated covered showed receives hits",
    "z": "authorize authorise approve confirm certify instruct order command hereby declare require request demand "
    "want expect ask urge direct insist decree validate verify",
    "Z": "approved preapproved authorized authorised verified cleared certified validated selected confirmed "
    "vetted exempt prequalified",
    "Q": "skip deduct subtract penalize penalise penalty dock criticize criticise fail reject downgrade reduce",
    "y": "grading scoring evaluating assessing rating reading marking judging reviewing processing",
    "F": "attack attacks attacker attackers injection injections jailbreak jailbreaks payload payloads malicious "
    "adversarial phrases strings phrase users customers told asked asks said says saying wrote typed tried "
    "trying tries attempted attempts contained contains containing includes pasted injected instructing "
    "telling tells tell smuggle user someone called e.g eg example instance detect detected filter stripped "
    "classic students pupils like such begged persuaded sneaked hid",
}


def _words() -> dict[str, str]:
    """word -> part; where a word has two parts the first listed in `PARTS` wins."""
    found: dict[str, str] = {}
    for part, words in PARTS.items():
        for word in words.split():
            found.setdefault(word, part)
    return found


PART_OF = _words()
