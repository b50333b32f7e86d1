import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ground } from "../../api/stops";
import { cornersOf, hasStreets } from "../../state/ground";
import { change, choose, NO_WISH } from "./state";

const townGround = vi.hoisted(() => vi.fn<() => Promise<Ground>>());
const hereIfAllowed = vi.hoisted(() => vi.fn<() => Promise<{ lat: string; lon: string } | null>>());
vi.mock("../../api/stops", () => ({ townGround }));
vi.mock("../home/here", () => ({ hereIfAllowed }));

/** Kumamoto's stops, and a street from one of them on: 32.8, 130.7 to 32.81, 130.71. */
const KUMAMOTO: Ground = {
  box: { west: 130.69, south: 32.73, east: 130.79, north: 32.87 },
  stops: [{ name: "通町筋", lat: 32.803, lon: 130.711 }],
  lines: [],
  streets: [{ size: "main", shape: "_gegE_jv|Wo}@o}@" }],
  attribution: "© OpenStreetMap contributors",
};
const TORI = { name: "通町筋", lat: 32.803, lon: 130.711 };
const TOKYO = { name: "東京", lat: 35.68, lon: 139.76 };
let opening: typeof import("./opening");

beforeEach(async () => {
  vi.resetModules();
  hereIfAllowed.mockResolvedValue(null);
  townGround.mockResolvedValue(KUMAMOTO);
  opening = await import("./opening");
});

afterEach(() => {
  change(NO_WISH);
  choose({ recent: [] });
});

test("a map opens on the whole town where nothing nearer is known", async () => {
  expect(await opening.openingSpot()).toBeNull();
  expect(cornersOf(KUMAMOTO)).toEqual([[130.69, 32.73], [130.79, 32.87]]);
});

test("a town of one stop is shown with what is around it", () => {
  const [[west, south], [east, north]] = cornersOf({ ...KUMAMOTO, box: { west: 130.7, south: 32.8, east: 130.7, north: 32.8 } });
  expect([east - west, north - south].map((each) => each.toFixed(3))).toEqual(["0.010", "0.010"]);
});

test("streets are drawn where the city has them and nowhere else", () => {
  expect(hasStreets(KUMAMOTO, { lat: 32.805, lon: 130.705 })).toBe(true);
  expect(hasStreets(KUMAMOTO, { lat: 32.21, lon: 130.76 })).toBe(false);
  expect(hasStreets({ ...KUMAMOTO, streets: [] }, { lat: 32.805, lon: 130.705 })).toBe(false);
  expect(hasStreets(null, { lat: 32.805, lon: 130.705 })).toBe(false);
});

test("it opens where the phone is, if that is in the town and was allowed before", async () => {
  hereIfAllowed.mockResolvedValue({ lat: "32.790", lon: "130.740" });
  const { openingSpot } = opening;
  expect(await openingSpot()).toEqual({ lat: 32.79, lon: 130.74 });
  hereIfAllowed.mockResolvedValue({ lat: "35.680", lon: "139.760" });
  expect(await openingSpot()).toBeNull();
});

test("it opens on what is asked for, then on what was chosen last, and on nothing that lies far away", async () => {
  const state = await import("./state");
  state.choose({ recent: [TOKYO, TORI] });
  expect(await opening.openingSpot()).toEqual({ lat: 32.803, lon: 130.711 });
  state.change({ to: { name: "駅", lat: 32.78, lon: 130.69 } });
  expect(await opening.openingSpot()).toEqual({ lat: 32.78, lon: 130.69 });
});

test("where the city tells nothing, what was chosen stands anyhow, and it is asked again next time", async () => {
  townGround.mockRejectedValueOnce(new Error("no timetable"));
  const state = await import("./state");
  state.choose({ recent: [TOKYO] });
  expect(await opening.openingSpot()).toEqual({ lat: 35.68, lon: 139.76 });
  expect(await opening.openingSpot()).toBeNull();
});
