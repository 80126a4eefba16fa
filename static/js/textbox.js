/** Text areas that grow with their text, and counting as the server counts. */

export const ANSWER_LIMIT = 20_000;
export const POSTING_LIMIT = 50_000;
export const NAME_LIMIT = 200;

/** Characters as the server counts them: code points, not UTF-16 units. */
export function characters(text) {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) pairs += 1;
  }
  return text.length - pairs;
}

/** Half an emoji, left behind by some keyboards, is no valid Unicode: the server must refuse it. */
export function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text;
}

export function showCount(output, text, limit) {
  const count = characters(text);
  output.textContent = `${count.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`;
  output.classList.toggle("over", count > limit);
}

/** Browsers with field-sizing do this themselves (css); the others get it here. */
export function growWithText(area) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };
  area.addEventListener("input", fit);
  addEventListener("resize", fit);
  fit();
}
