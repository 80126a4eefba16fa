/** Which interview a page is about, as its address says: /interview/ID and /interviews/ID. */

export function idInAddress() {
  const written = location.pathname.split("/")[2] ?? "";
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // cut in the middle of a character: the server does not know it either
  }
}
