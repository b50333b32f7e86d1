import type { ComponentChildren } from "preact";
import type { WalkStep } from "../../api/journeys";
import { tx, type TextKey } from "../../i18n";
import { metresText } from "./words";

const SLIGHT = 30;
const BACK = 150;
const KINDS: Readonly<Record<WalkStep["kind"], TextKey>> = {
  street: "jd.step_street",
  path: "jd.step_path",
  steps: "jd.step_steps",
  crossing: "jd.step_crossing",
  lift: "jd.step_lift",
  off_street: "jd.step_off_street",
  estimate: "jd.step_estimate",
};

/** This function will say how one goes along a piece of the way: which turn, along what, how far. */
export function stepText<T>(say: (key: TextKey, values: Readonly<Record<string, T | string>>) => T, { turn_degrees, name, kind, metres }: WalkStep): T {
  const along = { name: name || say(KINDS[kind], {}), metres: metresText(metres) };
  if (Math.abs(turn_degrees) >= BACK) return say("jd.step_back", along);
  if (turn_degrees >= SLIGHT) return say("jd.step_right", along);
  if (turn_degrees <= -SLIGHT) return say("jd.step_left", along);
  return say("jd.step_straight", along);
}

/** The way on foot in words, folded until somebody wants it. */
export function Steps({ steps }: { readonly steps: readonly WalkStep[] }) {
  const told = steps.filter(({ kind, metres }) => kind !== "estimate" && metres > 0);
  if (told.length === 0) return null;
  return (
    <details class="fold">
      <summary>{tx("jd.steps")}</summary>
      <ol class="steps">
        {told.map((step, index) => (
          <li key={index} class={step.kind === "steps" ? "step-stairs" : undefined}>
            {stepText<ComponentChildren>(tx, step)}
          </li>
        ))}
      </ol>
    </details>
  );
}
