import type { ComponentChildren } from "preact";
import { shareLeft } from "./time-left";

const RADIUS = 10;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that empties, beside words that say the same. Not announced every second: that would talk over everything else. */
export function Countdown({ seconds, whole, children }: { readonly seconds: number; readonly whole: number; readonly children: ComponentChildren }) {
  return (
    <p class={`countdown${seconds <= 30 ? " countdown-soon" : ""}`}>
      <svg class="countdown-ring" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <circle class="countdown-rest" cx="12" cy="12" r={RADIUS} />
        <circle
          class="countdown-left"
          cx="12"
          cy="12"
          r={RADIUS}
          stroke-dasharray={`${ROUND * shareLeft(seconds, whole)} ${ROUND}`}
        />
      </svg>
      <span>{children}</span>
    </p>
  );
}
