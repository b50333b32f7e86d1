/** The closed roads about a journey, each once, what matters most first. Pure. */
import type { ClosedRoad, Journey } from "../../api/journeys";

const ORDER: readonly ClosedRoad["how"][] = ["not_known", "avoided", "near"];

/** This function will list them; a road that is several things to several legs is the gravest of these. */
export function closedRoads({ legs }: Journey): readonly ClosedRoad[] {
  const found = new Map<string, ClosedRoad>();
  const all = legs.flatMap((leg) => leg.closures ?? []);
  for (const how of ORDER) for (const road of all) if (road.how === how && !found.has(road.id)) found.set(road.id, road);
  return [...found.values()];
}
