/** What is told about a journey that somebody follows, folded into what the screen shows. Pure: old state + event = new state. */
import type { Journey, ServiceAlert } from "../api/journeys";
import type { FeedEvent } from "./feed";

export interface Followed {
  readonly journey: Journey;
  readonly alerts: readonly ServiceAlert[];
  /** When the city told it, ISO 8601. */
  readonly at: string;
  /** False once the journey is no longer among what can be had. */
  readonly stands: boolean;
  /** What could be taken in its place. */
  readonly instead: readonly Journey[];
}

/** This function will fold one event into what is known; what is older than it, or about another journey, changes nothing. */
export function foldFollowed(old: Followed, event: FeedEvent): Followed {
  if (event.type === "journey.changed") {
    const { journey, alerts, at } = event.data as Pick<Followed, "journey" | "alerts" | "at">;
    if (journey.id !== old.journey.id || isOlder(at, old.at)) return old;
    return { journey, alerts, at, stands: true, instead: [] };
  }
  if (event.type === "journey.lost") {
    const { instead, at } = event.data as Pick<Followed, "instead" | "at">;
    return isOlder(at, old.at) ? old : { ...old, at, stands: false, instead };
  }
  return old;
}

const isOlder = (at: string, than: string): boolean => Date.parse(at) < Date.parse(than);
