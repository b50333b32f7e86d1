import type { OpenDay } from "../../api/shops";
import type { TextKey } from "../../i18n";

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
