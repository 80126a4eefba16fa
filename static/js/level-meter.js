/** How loud the microphone is, as a bar and as words. */

import { audioContext } from "./audio-context.js";

const EVERY_MS = 100;
const [SILENT_DB, LOUD_DB] = [-60, -10];
const WORDS = [
  [-50, "No sound"],
  [-38, "Quiet: speak up or move closer"],
  [Infinity, "Good level"],
];

/**
 * Shows the level in place (a role="meter" with a span inside, followed by its words) ten times a second, and tells
 * onLevel(dB full scale). Returns a function that ends it.
 */
export function showLevel(stream, place, words, onLevel = () => {}) {
  const context = audioContext();
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = -Infinity; // of the last second or so: words that flicker cannot be read
  const tick = () => {
    analyser.getFloatTimeDomainData(samples);
    const level = decibels(samples);
    loudest = Math.max(level, loudest - 3);
    draw(place, words, level, loudest);
    onLevel(level);
  };
  const ticking = setInterval(tick, EVERY_MS);
  return () => {
    clearInterval(ticking);
    source.disconnect();
    draw(place, words, SILENT_DB, SILENT_DB);
    words.textContent = "";
  };
}

function decibels(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return power > 0 ? 10 * Math.log10(power) : -Infinity;
}

function draw(place, words, level, loudest) {
  const percent = Math.round(Math.min(1, Math.max(0, (level - SILENT_DB) / (LOUD_DB - SILENT_DB))) * 100);
  place.setAttribute("aria-valuenow", percent);
  place.firstElementChild.style.setProperty("scale", `${percent / 100} 1`);
  const [, said] = WORDS.find(([below]) => loudest < below);
  place.setAttribute("aria-valuetext", said);
  if (words.textContent !== said) words.textContent = said;
}
