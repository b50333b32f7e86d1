/** The sound of a payment: two notes, made on the spot, so that no file travels. */
let context: AudioContext | null = null;

/** Browsers let a page sound only after a touch; this function will open the ear at the first one. */
export function watchForTouch(): void {
  const open = (): void => {
    context ??= typeof AudioContext === "function" ? new AudioContext() : null;
    if (context?.state === "suspended") void context.resume();
  };
  document.addEventListener("pointerdown", open, { passive: true });
  document.addEventListener("keydown", open);
}

const NOTES: readonly { readonly hertz: number; readonly from: number }[] = [
  { hertz: 880, from: 0 },
  { hertz: 1318.5, from: 0.12 },
];

/** This function will sound the chime of a finished payment; where sound is not allowed it stays silent. */
export function chime(): void {
  if (!context || context.state !== "running") return;
  for (const { hertz, from } of NOTES) {
    const start = context.currentTime + from;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.type = "sine";
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0.0001, start);
    loudness.gain.exponentialRampToValueAtTime(0.3, start + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.5);
  }
}
