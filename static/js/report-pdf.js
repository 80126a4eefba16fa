/** The report as a PDF: a link that says how far it is, and what is wrong where there is none. */

import { download } from "./api.js";
import { el, icon } from "./dom.js";
import { explain } from "./words.js";

const READY = "Download PDF";

/**
 * [link, status, fault]: to stand among other actions. The browser's own download would send no access token, so the
 * file is fetched here; with another key or button the link opens as any other.
 */
export function pdfDownload(sessionId, look) {
  const path = `interview/${encodeURIComponent(sessionId)}/report.pdf`;
  const name = `report-${sessionId}.pdf`;
  const words = el("span", {}, READY);
  const said = el("span", { class: "muted pdf-said", role: "status" });
  const fault = el("span", { class: "error pdf-fault", role: "alert", hidden: true });
  const link = el("a", { class: `button pdf ${look}`, href: `/api/${path}`, download: name, onclick: fetchIt }, icon("download"), words);
  let busy = false;

  async function fetchIt(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (busy) return;
    show(true, "The PDF is being made.");
    try {
      save(await download(path), name);
      show(false, `Saved as ${name}`);
    } catch (error) {
      show(false, "", `There is no PDF. ${explain(error)} Try again, or print this page.`);
    }
  }

  function show(working, status, wrong = "") {
    busy = working;
    if (working) link.setAttribute("aria-disabled", "true");
    else link.removeAttribute("aria-disabled");
    words.textContent = working ? "Making it…" : READY;
    said.textContent = status;
    fault.textContent = wrong;
    fault.hidden = !wrong;
  }

  return [link, said, fault];
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // not before the browser has begun to read it
}
