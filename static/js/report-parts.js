/** The report's own scripts and styles come when there is a report: the interview before it needs none of them. */

import { ApiError } from "./api.js";

const STYLES = ["report", "report-question", "report-charts"];
const arrived = new Set();

/** Resolves to renderReport(state); throws an ApiError that can be tried again. */
export async function loadReport() {
  try {
    const [{ renderReport }] = await Promise.all([import("./report.js"), ...STYLES.map(addStyle)]);
    return renderReport;
  } catch {
    throw new ApiError(0);
  }
}

function addStyle(name) {
  if (arrived.has(name)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/static/css/${name}.css` });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => {
      arrived.add(name);
      resolve();
    });
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(`${name}.css did not come`));
    });
    document.querySelector('link[media="print"]').before(link); // print has the last word
  });
}
