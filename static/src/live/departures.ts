/** What the feed of a stop's departures says, folded into what its screen shows. Pure. */
import type { Departure, Departures } from "../api/stops";

/** A departure in all languages at once; the rest is as when one asks. */
export interface DepartureHeard extends Omit<Departure, "line" | "headsign" | "wheelchair"> {
  readonly route: string;
  readonly line: Readonly<Record<string, string>>;
  readonly headsign: Readonly<Record<string, string>>;
}

export interface BoardHeard {
  readonly at: string;
  readonly stop: string;
  readonly service_day: string;
  readonly departures: readonly DepartureHeard[];
  readonly is_cut: boolean;
  readonly alerts: readonly Readonly<Record<string, string>>[];
}

/**
 * This function will put a board that was heard in place of the one that is known. Where it tells of a line, a vehicle or a notice that
 * is not known in full, null says that one has to ask. An older board changes nothing.
 */
export function foldBoard(known: Departures, heard: BoardHeard, language: string): Departures | null {
  if (Date.parse(heard.at) < Date.parse(known.at)) return known;
  if (heard.alerts.length !== known.alerts.length) return null;
  const byId = new Map(known.departures.map((each) => [each.id, each]));
  const byRoute = new Map(known.departures.map((each) => [each.line.id, each.line]));
  const departures = heard.departures.map((each): Departure | null => {
    const { route, line: _names, headsign, ...rest } = each;
    const line = byRoute.get(route);
    const before = byId.get(each.id);
    if (!line) return null;
    return { ...rest, line, headsign: headsign[language] ?? before?.headsign ?? "", wheelchair: before?.wheelchair ?? "unknown" };
  });
  if (departures.length === 0 || departures.some((each) => each === null)) return null;
  return {
    ...known,
    at: heard.at,
    service_day: heard.service_day,
    is_cut: heard.is_cut,
    departures: departures.filter((each) => each !== null),
  };
}
