/**
 * One charge shown on the till, from the moment its code is on the screen to its end. How it ended is the city's word
 * alone: a clock that runs out here, or a touch on the feed, only makes the till ask.
 */
import type { Charge } from "../../api/types";
import type { FeedState } from "../../live/feed";

/** `late`: open as far as we were told, but its time is over; it may have been paid in the last second. */
export type Stage = "open" | "late" | "paid" | "cancelled" | "expired";

const LIVE_CHECK_MS = 15_000;
const CHECK_MS = 2_000;

export function stageOf(charge: Charge, now: Date): Stage {
  if (charge.status !== "open") return charge.status;
  return Date.parse(charge.expires_at) <= now.getTime() ? "late" : "open";
}

/** This function will take over what was told; an ended charge never opens again, and a code once known is kept. */
export function told(known: Charge | null, news: Charge): Charge {
  if (known === null) return news;
  if (known.status !== "open") return known;
  return { ...news, code: news.code || known.code };
}

/** This function will say after how many milliseconds to ask again, or null when there is nothing left to ask. */
export function nextCheckMs(stage: Stage, feed: FeedState): number | null {
  if (stage === "paid" || stage === "cancelled" || stage === "expired") return null;
  return stage === "open" && feed === "live" ? LIVE_CHECK_MS : CHECK_MS;
}
