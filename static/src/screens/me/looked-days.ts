import type { Looked } from "../../api/types";
import { jstDay } from "../../i18n/dates";

/** Machines look many times a day, as I do myself: folded, so that people stand out. What a person did is never folded. */
const ROUTINE = new Set(["self", "city_system", "partner"]);

/** A line of the list: one look, or routine looks of one day that say the same, folded together. */
export interface Line {
  readonly id: string;
  readonly looks: readonly [Looked, ...Looked[]];
}

export interface DayOfLooks {
  /** The day in Japan, as 2026-11-21. */
  readonly day: string;
  readonly lines: readonly Line[];
}

/** This function will put looks, newest first, under their days; routine ones stand folded, where the first of them stood. */
export function byDay(looks: readonly Looked[]): readonly DayOfLooks[] {
  const days: { day: string; lines: { id: string; looks: [Looked, ...Looked[]] }[] }[] = [];
  for (const look of looks) {
    const day = jstDay(new Date(look.at));
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    const lines = days.at(-1)?.lines ?? [];
    const fold = ROUTINE.has(look.who.kind) && lines.find(({ looks: [first] }) => first.sentence === look.sentence);
    if (fold) fold.looks.push(look);
    else lines.push({ id: look.id, looks: [look] });
  }
  return days;
}
