/** The browser's own SpeechRecognition, with live words. Whether it works shows only when it is used. */

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
const START_MS = 5000; // a recognition that has not begun by then never will
const HARMLESS = ["no-speech", "aborted"];

export function hasDictation() {
  return Boolean(Recognition);
}

/**
 * onWords(final, interim): all the words so far. Returns {stop(), done}: done is {text, error}, error "" or the
 * browser's name for what went wrong. It goes on through pauses until stop() is called or it fails.
 */
export function dictate(language, onWords) {
  let finals = "";
  let interim = "";
  let wanted = true;
  let error = "";
  let recognition = null;
  let finish;
  const done = new Promise((resolve) => (finish = resolve));
  const end = () => {
    clearTimeout(watchdog);
    finish({ text: joined(finals, interim), error });
  };
  const fail = (name) => {
    error = name;
    wanted = false;
    recognition.abort();
    end();
  };
  const watchdog = setTimeout(() => fail("no-start"), START_MS);

  function begin() {
    recognition = new Recognition();
    let own = "";
    const before = finals;
    Object.assign(recognition, { lang: language, continuous: true, interimResults: true });
    recognition.onstart = () => clearTimeout(watchdog);
    recognition.onresult = ({ results }) => {
      const parts = [...results];
      own = parts.filter((part) => part.isFinal).map((part) => part[0].transcript.trim()).join(" ");
      interim = parts.filter((part) => !part.isFinal).map((part) => part[0].transcript.trim()).join(" ");
      finals = joined(before, own);
      onWords(finals, interim);
    };
    recognition.onerror = (event) => !HARMLESS.includes(event.error) && fail(event.error);
    recognition.onend = () => {
      finals = joined(finals, interim);
      interim = "";
      if (wanted) begin(); // browsers end it at a pause
      else end();
    };
    try {
      recognition.start();
    } catch {
      fail("not-started");
    }
  }

  begin();
  const stop = () => {
    if (!wanted) return;
    wanted = false;
    recognition.stop();
    setTimeout(end, 2000); // onend does not always come
  };
  return { stop, done };
}

function joined(...parts) {
  return parts.filter(Boolean).join(" ");
}
