/** What a candidate has chosen about voice, kept in this browser: nobody is asked the same twice. */

const memory = new Map(); // stands in where the browser keeps nothing

function read(name) {
  try {
    return localStorage.getItem(`candor:${name}`) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`candor:${name}`, value);
  } catch {
    // full, or switched off: it holds for this page
  }
}

let assumed = null;

export const answeringChoice = {
  /** "voice", "typing" or null. A microphone is checked for each interview; who types is not asked again. */
  get(sessionId) {
    const chosen = read("answering");
    if (chosen === "voice" && read("checked") !== sessionId) return assumed;
    return chosen ?? assumed;
  },
  set(sessionId, way) {
    write("answering", way);
    write("checked", sessionId);
  },
  /** On this page nothing else works; the next interview may have more. */
  assumeTyping() {
    assumed = "typing";
  },
};

/** Whether the sound of an interview may be kept, as its candidate ticked it last: a consent can be taken back. */
export const soundChoice = {
  isTakenBack: (sessionId) => read(`sound:${sessionId}`) === "no",
  set: (sessionId, agreed) => write(`sound:${sessionId}`, agreed ? "yes" : "no"),
};

export const deviceChoice = { get: () => read("microphone") ?? "", set: (id) => write("microphone", id) };
export const mutedChoice = { get: () => read("muted") === "yes", set: (muted) => write("muted", muted ? "yes" : "no") };
export const rateChoice = { get: () => Number(read("rate")) || 1, set: (rate) => write("rate", String(rate)) };
export const silenceChoice = { get: () => read("stop-at-silence") === "yes", set: (on) => write("stop-at-silence", on ? "yes" : "no") };
export const languageChoice = { get: () => read("language") ?? "", set: (language) => write("language", language) };
