import type { Entry } from "../../api/types";
import { jstDay } from "../../i18n/dates";

export interface DayGroup {
  /** The day in Japan, as 2026-11-21. */
  readonly day: string;
  readonly entries: readonly Entry[];
}

/** This function will lay new pages and live entries together, each entry once, newest first. */
export function merged(pages: readonly Entry[], live: readonly Entry[]): readonly Entry[] {
  const byId = new Map([...pages, ...live].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort(
    (left, right) => Date.parse(right.occurred_at) - Date.parse(left.occurred_at) || (left.id < right.id ? 1 : -1),
  );
}

/** This function will put entries, newest first, under the days in Japan on which they happened. */
export function byDay(entries: readonly Entry[]): readonly DayGroup[] {
  const groups: { day: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const day = jstDay(new Date(entry.occurred_at));
    const last = groups.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else groups.push({ day, entries: [entry] });
  }
  return groups;
}
