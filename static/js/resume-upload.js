/** The resume as a file: sent to be read, and what came of it in words. What was read goes into the text field. */

import { upload } from "./api.js";
import { byId, el } from "./dom.js";
import { explain, secondsInWords } from "./words.js";

const MOST_BYTES = 10 * 2 ** 20;
const SHORT_S = 2; // most files are read at once

const input = byId("resume_file");
const drop = byId("resume-drop");
const again = byId("resume-again");
const text = byId("resume_text");
const back = byId("resume-back");
let latest = null; // the upload whose result counts: an older one that comes late does not
let before = ""; // the text that the last reading replaced, while it can be put back
let changed = () => {};
let locked = false;

/** onChange(): the text field, or what is shown about the file, differs now. */
export function startUpload(onChange) {
  changed = onChange;
  input.addEventListener("click", () => (input.value = "")); // the same file, mended, may be chosen again
  input.addEventListener("change", () => input.files.length && take([...input.files]));
  back.addEventListener("click", putBack);
  text.addEventListener("input", forgetFile);
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => holdPage(event));
  drop.addEventListener("dragover", () => drop.classList.add("over"));
  drop.addEventListener("dragleave", (event) => drop.contains(event.relatedTarget) || drop.classList.remove("over"));
  drop.addEventListener("drop", dropped);
}

export function isUploading() {
  return latest !== null;
}

/** {state, topics, before}: what a reload should show again. */
export function uploadShown() {
  return { state: latest ? "" : byId("resume-state").textContent, topics: shownTopics(), before };
}

export function restoreUpload({ state, topics, before: text }) {
  offerBack(text);
  byId("resume-state").textContent = state;
  showTopics(topics);
}

export function lockUpload(value) {
  locked = value;
  input.disabled = value;
}

/** A file dropped beside the field would replace the page, and with it all that was filled in. */
function holdPage(event) {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

function dropped(event) {
  drop.classList.remove("over");
  if (!event.dataTransfer.files.length || locked) return;
  input.files = event.dataTransfer.files;
  take([...input.files]);
}

function take(files) {
  latest = null;
  showFault("");
  showTopics([]);
  sayState("");
  if (files.length > 1) return showFault("One file at a time, please.");
  if (files[0].size > MOST_BYTES) return showFault("The file is larger than 10 MiB. Choose a smaller one, or paste the text.");
  read(files[0]);
}

async function read(file) {
  const mine = Symbol(file.name);
  latest = mine;
  showFault("");
  const stop = countSeconds();
  sayState(`Reading ${file.name}…`);
  let found = null;
  let fault = null;
  try {
    found = await upload("parse-resume", await formWith(file));
  } catch (error) {
    fault = error;
  }
  stop();
  if (latest !== mine) return; // another file was chosen meanwhile
  latest = null;
  if (fault) return refused(fault, file);
  show(file.name, found);
}

/** The file's bytes at this moment: a folder, or a file that is gone, fails here and not as a lost connection. */
async function formWith(file) {
  const form = new FormData();
  form.append("file", new Blob([await file.arrayBuffer()]), file.name);
  return form;
}

function show(name, found) {
  const pages = found.pages ? `, ${found.pages} page${found.pages === 1 ? "" : "s"}` : "";
  sayState(`Read from ${name}${pages}. Please check the text below.`);
  offerBack(text.value.trim() && text.value !== found.text ? text.value : "");
  text.value = found.text;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  showTopics(found.topics);
  changed();
}

function putBack() {
  text.value = before;
  offerBack("");
  sayState("The text from before is back.");
  showTopics([]);
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

function offerBack(text) {
  before = text;
  back.hidden = !before;
}

/** Nothing that was read from the file is left: nothing is said about it any more either. */
function forgetFile() {
  if (text.value.trim() || latest) return;
  sayState("");
  showTopics([]);
}

function refused(error, file) {
  sayState("");
  const retryable = error.retryable === true;
  again.hidden = !retryable;
  again.onclick = () => {
    input.focus(); // the button goes away: the focus must not go with it
    read(file);
  };
  if (error.status === undefined) return showFault("This browser cannot open that file. Choose it again, or paste the text.");
  const own = error.errors.find((item) => item.field === "file")?.message;
  if (error.status === 413) return showFault(own ?? (error.detail || explain(error)));
  showFault(own ?? `${explain(error)}${retryable ? " The file has not been read." : ""}`);
}

function sayState(words) {
  byId("resume-state").textContent = words;
}

function showFault(message) {
  const line = byId("resume_file-error");
  line.textContent = message;
  line.hidden = !message;
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (!message) again.hidden = true;
}

function shownTopics() {
  return [...byId("resume-topics-list").children].map((item) => item.textContent);
}

function showTopics(topics) {
  byId("resume-topics").hidden = topics.length === 0;
  byId("resume-topics-list").replaceChildren(...topics.map((topic) => el("li", { class: "chip" }, el("bdi", {}, topic))));
}

function countSeconds() {
  const since = Date.now();
  const place = byId("resume-seconds");
  const ticking = setInterval(() => {
    const seconds = Math.floor((Date.now() - since) / 1000);
    place.textContent = seconds < SHORT_S ? "" : `Waiting for ${secondsInWords(seconds)}.`;
  }, 1000);
  return () => {
    clearInterval(ticking);
    place.textContent = "";
  };
}
