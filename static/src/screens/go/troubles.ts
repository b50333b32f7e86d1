/** What somebody must know before they set out: what is cancelled, missed, late, hard to pass, or not for a wheelchair. Pure. */
import type { Change } from "../../api/follow";
import type { Journey, Leg, Walking } from "../../api/journeys";

const [TIGHT_S, LATE_S] = [120, 60];

export type Trouble =
  | { readonly kind: "cancelled"; readonly leg: Leg }
  | { readonly kind: "missed"; readonly leg: Leg; readonly after: Leg }
  | { readonly kind: "no_wheelchair"; readonly leg: Leg }
  | { readonly kind: "wheelchair_unknown"; readonly leg: Leg }
  | { readonly kind: "stairs"; readonly leg: Leg }
  | { readonly kind: "risk"; readonly metres: number };

/** This function will list the troubles of a journey for somebody who walks so, the gravest first. */
export function troublesOf(journey: Journey, walk: Walking): readonly Trouble[] {
  const rides = journey.legs.filter((leg) => leg.trip !== null);
  const found: Trouble[] = rides.filter((leg) => leg.trip?.state === "cancelled").map((leg) => ({ kind: "cancelled", leg }));
  found.push(...missed(journey));
  if (walk === "wheelchair") {
    for (const leg of rides) {
      if (leg.trip?.wheelchair === "not_possible") found.push({ kind: "no_wheelchair", leg });
      if (leg.trip?.wheelchair === "unknown") found.push({ kind: "wheelchair_unknown", leg });
    }
  }
  if (walk !== "walk") {
    for (const leg of journey.legs) if (leg.way === "walk" && leg.steps.some(({ kind }) => kind === "steps")) found.push({ kind: "stairs", leg });
    if (journey.risk_m > 0) found.push({ kind: "risk", metres: journey.risk_m });
  }
  return found;
}

/** A vehicle that leaves before one can stand where it leaves, walks between the two counted in. */
function missed({ legs }: Journey): readonly Trouble[] {
  const found: Trouble[] = [];
  let [ready, after] = [-Infinity, null as Leg | null];
  for (const leg of legs) {
    const leaves = Date.parse(leg.leaves_at);
    if (leg.trip === null) {
      ready += Date.parse(leg.arrives_at) - leaves;
      continue;
    }
    if (after && leaves < ready) found.push({ kind: "missed", leg, after });
    ready = Date.parse(leg.arrives_at);
    after = leg;
  }
  return found;
}

/** This function will find the change that a late vehicle has left too little time for; null where there is none, or none is told. */
export function tightChange({ legs }: Journey, changes: readonly Change[], now: Date): Leg | null {
  const found = changes.find(({ before, holds, slack_s }) => {
    const leg = legs[before];
    return holds && slack_s < TIGHT_S && leg?.trip && leg.trip.delay_s >= LATE_S && Date.parse(leg.arrives_at) > now.getTime();
  });
  return (found && legs[found.after]) ?? null;
}

/** What comes next on a journey: setting out, getting on, getting off, or nothing more. */
export interface NextStep {
  readonly kind: "set_out" | "board" | "alight" | "walk" | "there";
  readonly leg: Leg;
  readonly at: string;
}

/** This function will say what a traveller does next at an instant. */
export function nextStep({ legs }: Journey, now: Date): NextStep | null {
  const first = legs[0];
  const last = legs.at(-1);
  if (!first || !last) return null;
  const past = (at: string): boolean => Date.parse(at) <= now.getTime();
  if (!past(first.leaves_at) && first.trip === null) return { kind: "set_out", leg: first, at: first.leaves_at };
  for (const leg of legs) {
    if (leg.trip === null) {
      if (leg === last && !past(leg.arrives_at)) return { kind: "walk", leg, at: leg.arrives_at };
      continue;
    }
    if (!past(leg.leaves_at)) return { kind: "board", leg, at: leg.leaves_at };
    if (!past(leg.arrives_at)) return { kind: "alight", leg, at: leg.arrives_at };
  }
  return { kind: "there", leg: last, at: last.arrives_at };
}
