/** How the till makes itself heard and felt: a chime, a short shake, a sentence. */
import { signal } from "@preact/signals";
import { chime } from "../../components/sound";

/** False until somebody has touched this page: before that a browser keeps it silent. */
export const touched = signal(navigator.userActivation?.hasBeenActive ?? true);
for (const sign of ["pointerdown", "keydown"]) {
  document.addEventListener(sign, () => (touched.value = true), { once: true, passive: true });
}

const KEY = "machi.till.sound";
const SHAKE_MS = [70, 50, 110];

export const soundOn = signal(localStorage.getItem(KEY) !== "off");

export function setSound(on: boolean): void {
  soundOn.value = on;
  localStorage.setItem(KEY, on ? "on" : "off");
  // Heard at once, so that the loudness of the tablet can be set now and not before the first customer.
  if (on) chime();
}

export function ring(): void {
  if (soundOn.peek()) chime();
  navigator.vibrate?.(SHAKE_MS);
}
