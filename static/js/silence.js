/** Tells silence from speech by level alone, whatever the room's own noise is. */

const SPEECH_DB = -45; // quieter than this is no speech into a microphone at hand
const ABOVE_NOISE_DB = 9;
const NOISE_RISE_DB = 0.02; // per measurement: a noise that stays is taken for the room's in a few minutes

export class Silence {
  constructor() {
    this.noise = Infinity;
    this.lastSpeech = null;
  }

  /** level: dB full scale at this moment (ms). Returns the seconds since the last speech; 0 before there was any. */
  hear(level, now) {
    this.noise = Math.max(-90, Math.min(level, this.noise + NOISE_RISE_DB));
    if (level > Math.max(SPEECH_DB, this.noise + ABOVE_NOISE_DB)) this.lastSpeech = now;
    return this.lastSpeech === null ? 0 : (now - this.lastSpeech) / 1000;
  }

  /** Somebody says that they are still thinking: the silence counts from now. */
  goOn(now) {
    if (this.lastSpeech !== null) this.lastSpeech = now;
  }
}
