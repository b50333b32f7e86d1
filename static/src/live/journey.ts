/** What is told about a journey that somebody follows, folded into what the screen shows. Pure: old state + event = new state. */
import type { Broken, Change, FollowedNow, Phase } from "../api/follow";
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
  /** What stands in its way, where the city watches it. */
  readonly trouble: Broken | null;
  /** Something stood in its way, and does not any more. */
  readonly eased: boolean;
  readonly phase: Phase | null;
  readonly changes: readonly Change[];
}

/** A journey of which nobody has told anything yet. */
export const untold = (journey: Journey, alerts: readonly ServiceAlert[], at: string): Followed => ({
  ...{ journey, alerts, at, stands: true, instead: [], trouble: null, eased: false, phase: null, changes: [] },
});

/**
 * This function will fold one event into what is known; what is older than it, or about another journey, changes nothing. Who follows is
 * told the whole (`journey.changed`), who asks finds the journey again (`journey.found`) or does not (`journey.lost`).
 */
export function foldFollowed(old: Followed, event: FeedEvent): Followed {
  if (event.type === "journey.changed") {
    const { followed } = event.data as { followed: FollowedNow };
    if (isOlder(followed.at, old.at)) return old;
    const eased = followed.trouble === null && (old.trouble !== null || old.eased);
    return { ...followed, journey: followed.journey ?? old.journey, stands: true, eased };
  }
  if (event.type === "journey.found") {
    const { journey, alerts, at } = event.data as Pick<Followed, "journey" | "alerts" | "at">;
    if (journey.id !== old.journey.id || isOlder(at, old.at)) return old;
    return untold(journey, alerts, at);
  }
  if (event.type === "journey.lost") {
    const { instead, at } = event.data as Pick<Followed, "instead" | "at">;
    return isOlder(at, old.at) ? old : { ...old, at, stands: false, instead };
  }
  return old;
}

const isOlder = (at: string, than: string): boolean => Date.parse(at) < Date.parse(than);
