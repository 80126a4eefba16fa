/** What a candidate has written for one question: {answer, code, language}; language is null where there is no code. */

/** In its one form, whatever was left out or null. */
export function workOf({ answer, code, language } = {}) {
  return { answer: answer ?? "", code: code ?? "", language: code ? (language ?? null) : null };
}

export function sameWork(one, other) {
  return one.answer === other.answer && one.code === other.code && one.language === other.language;
}

export function isBlank({ answer, code }) {
  return !answer.trim() && !code.trim();
}

/** As one text, for where there is only one place for it. */
export function asText({ answer, code }) {
  return [answer, code].filter((part) => part.trim()).join("\n\n");
}

/** An answer as the server gives it back. */
export function givenWork(item) {
  return workOf({ answer: item.answer, code: item.code_submission, language: item.code_language });
}

/** The fields of a request; code that nobody wrote is not sent. */
export function sentFields({ answer, code, language }) {
  if (!code.trim()) return { answer };
  return { answer: answer.trim() ? answer : "", code_submission: code, code_language: language };
}
