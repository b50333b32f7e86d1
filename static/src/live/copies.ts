/** What the feed `accounts.exports` says, folded into what the screen shows. Pure: old state + event = new state. */
import type { DataCopy } from "../api/types";
import type { FeedEvent } from "./feed";

/** A snapshot carries this many copies, so that many is also what events may leave. */
export const KEPT = 5;

export interface Copies {
  readonly exports: readonly DataCopy[];
}

/** This function will put a copy as it is now in the place of what was known of it, the newest first. */
export function foldCopies(old: Copies, event: FeedEvent): Copies {
  if (event.type !== "export.changed") return old;
  const { export: changed } = event.data as { export: DataCopy };
  const others = old.exports.filter((each) => each.id !== changed.id);
  const all = [changed, ...others].sort((left, right) => Date.parse(right.requested_at) - Date.parse(left.requested_at));
  return { exports: all.slice(0, KEPT) };
}
