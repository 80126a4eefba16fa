/** Finds the quotes of an evaluation in the candidate's own words. */

/**
 * Cuts an answer into pieces [{text, points}], in order, that join to the answer again; points are the indexes of
 * the evidence items that quote this piece. Quotes are found without regard to case and white space.
 */
export function highlight(answer, evidence) {
  const folded = fold(answer);
  const spans = evidence.flatMap((item, index) => {
    const span = item.quote ? find(folded, item.quote) : null;
    return span ? [{ ...span, index }] : [];
  });
  const cuts = new Set([0, answer.length, ...spans.flatMap((span) => [span.from, span.to])]);
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1];
    const points = spans.filter((span) => span.from <= from && span.to >= to).map((span) => span.index);
    return { text: answer.slice(from, to), points, last: spans.filter((span) => span.to === to).map((span) => span.index) };
  });
}

/** The text in lower case with single spaces, and for each of its units where it came from. */
function fold(text) {
  let folded = "";
  const origin = [];
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i));
    const space = /\s/u.test(char);
    const form = space ? (folded.endsWith(" ") ? "" : " ") : char.toLowerCase();
    folded += form;
    for (let k = 0; k < form.length; k += 1) origin.push({ from: i, to: i + char.length });
    i += char.length;
  }
  return { folded, origin };
}

function find({ folded, origin }, quote) {
  const wanted = fold(quote).folded.trim();
  const at = wanted ? folded.indexOf(wanted) : -1;
  if (at < 0) return null;
  return { from: origin[at].from, to: origin[at + wanted.length - 1].to };
}
