/** The microphone: asking for it, naming what is wrong with it, hearing when it is taken away. */

/** kind: denied, missing, busy, unsupported, other. */
export class MicrophoneError extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const KINDS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Whether this browser can record at all on this page (it needs https or localhost). */
export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder && globalThis.AudioContext);
}

/** A stream of this device, or of the usual one if it is gone. Close it with closeMicrophone. */
export async function openMicrophone(deviceId = "") {
  if (!canRecord()) throw new MicrophoneError("unsupported");
  const wanted = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: deviceId ? { ...wanted, deviceId } : wanted });
  } catch (error) {
    throw new MicrophoneError(KINDS[error.name] ?? "other");
  }
}

export function closeMicrophone(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** gone(): called if the device is unplugged or the permission is taken back; not after closeMicrophone. */
export function whenTakenAway(stream, gone) {
  for (const track of stream.getTracks()) track.addEventListener("ended", gone, { once: true });
}

/** [{id, name}] of the microphones; names are known only after permission was given. */
export async function microphones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const inputs = devices.filter((device) => device.kind === "audioinput" && device.deviceId);
  return inputs.map((device, index) => ({ id: device.deviceId, name: device.label || `Microphone ${index + 1}` }));
}
