import { expect, test } from "vitest";
import { isDrawn, MIDDLE, NAMES } from "./town";

test("the ground is drawn around the town's own places, and neither in the next city nor in the sea", () => {
  expect(NAMES.filter(({ at: [lon, lat] }) => !isDrawn({ lat, lon }))).toEqual([]);
  expect(isDrawn({ lat: MIDDLE[1], lon: MIDDLE[0] })).toBe(true);
  expect([{ lat: 32.8, lon: 130.71 }, { lat: 30, lon: 135 }, { lat: 0, lon: 0 }].filter(isDrawn)).toEqual([]);
});
