import type { Looked } from "../../api/types";
import { jstDay } from "../../i18n/dates";

/** A line of the list: one look, or my own looks for one purpose on one day, folded together. */
export interface Line {
  readonly id: string;
  readonly looks: readonly [Looked, ...Looked[]];
}

export interface DayOfLooks {
  /** The day in Japan, as 2026-11-21. */
  readonly day: string;
  readonly lines: readonly Line[];
}

/** This function will put looks, newest first, under their days; a person's own stand folded, where the first of them stood. */
export function byDay(looks: readonly Looked[]): readonly DayOfLooks[] {
  const days: { day: string; lines: { id: string; looks: [Looked, ...Looked[]] }[] }[] = [];
  for (const look of looks) {
    const day = jstDay(new Date(look.at));
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    const lines = days.at(-1)?.lines ?? [];
    const isOwn = look.who.kind === "self";
    const fold = isOwn && lines.find(({ looks: [first] }) => first.who.kind === "self" && first.purpose.code === look.purpose.code);
    if (fold) fold.looks.push(look);
    else lines.push({ id: look.id, looks: [look] });
  }
  return days;
}
