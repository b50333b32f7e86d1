import type { OpenDay, Span } from "../../api/shops";
import { t, type TextKey } from "../../i18n";

/** The days by which a shop's hours are written, in their order, with their words. */
export const WEEK: readonly (readonly [OpenDay, TextKey])[] = [
  ["mon", "day.mon"],
  ["tue", "day.tue"],
  ["wed", "day.wed"],
  ["thu", "day.thu"],
  ["fri", "day.fri"],
  ["sat", "day.sat"],
  ["sun", "day.sun"],
  ["holiday", "day.holiday"],
];

/** This function will write spans with the days that each holds on. */
export const spansText = (spans: readonly Span[]): string =>
  spans
    .map(({ days, opens, closes }) => `${WEEK.filter(([day]) => days.includes(day)).map(([, word]) => t(word)).join(" ")} ${opens}–${closes}`)
    .join(" / ");
