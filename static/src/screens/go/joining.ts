/** Pages of journeys put together, and in what each is the best of all that are shown. Pure. */
import type { Best, Journey, Journeys } from "../../api/journeys";

type Measure = (journey: Journey) => readonly number[];

const MEASURES: Readonly<Record<Best, Measure>> = {
  soonest: ({ arrives_at, leaves_at }) => [Date.parse(arrives_at), -Date.parse(leaves_at)],
  cheapest: ({ fare }) => [fare.total ?? Infinity],
  fewest_changes: ({ changes }) => [changes],
  least_walking: ({ walk_minutes }) => [walk_minutes],
};

function compared(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((each, index) => each !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** This function will say anew in what each journey is the best; where all are alike in something, none is. */
export function judged(journeys: readonly Journey[]): readonly Journey[] {
  const best = new Map<Journey, Best[]>(journeys.map((each) => [each, []]));
  for (const [name, measure] of Object.entries(MEASURES) as [Best, Measure][]) {
    const sorted = [...journeys].sort((a, b) => compared(measure(a), measure(b)));
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (!first || !last || compared(measure(first), measure(last)) === 0) continue;
    if (name === "cheapest" && first.fare.total === null) continue;
    for (const each of journeys) if (compared(measure(each), measure(first)) === 0) best.get(each)?.push(name);
  }
  return journeys.map((each) => ({ ...each, best: best.get(each) ?? [] }));
}

/** This function will add a page of earlier or later journeys to what is shown, each journey once, the newer word for it. */
export function joined(shown: Journeys, page: Journeys, side: "earlier" | "later"): Journeys {
  const fresh = new Set(page.journeys.map(({ id }) => id));
  const kept = shown.journeys.filter(({ id }) => !fresh.has(id));
  const said = page.journeys.map((each) => withAlerts(each, shown.alerts.length));
  const both = side === "earlier" ? [...said, ...kept] : [...kept, ...said];
  return {
    ...shown,
    journeys: judged(both),
    alerts: [...shown.alerts, ...page.alerts],
    earlier: side === "earlier" ? page.earlier : shown.earlier,
    later: side === "later" ? page.later : shown.later,
    nothing: both.length === 0 ? page.nothing : "",
  };
}

/** Alerts are numbers in a list; what came before in that list moves them on. */
const withAlerts = (journey: Journey, before: number): Journey =>
  before === 0 ? journey : { ...journey, legs: journey.legs.map((leg) => ({ ...leg, alerts: leg.alerts.map((each) => each + before) })) };
