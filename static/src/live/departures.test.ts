import { expect, test } from "vitest";
import type { Departure, Departures } from "../api/stops";
import { foldBoard, type BoardHeard, type DepartureHeard } from "./departures";

const LINE = { id: "bus:1", name: "1", long_name: "見本線", kind: "bus", color: "", text_color: "", agency: "", agency_url: "" } as const;
const FIRST: Departure = {
  id: "t1@20261121:0",
  trip: "t1",
  day: "2026-11-21",
  line: LINE,
  headsign: "City Hall",
  platform: "2",
  leaves_at: "2026-11-21T08:04:00+09:00",
  planned_at: "2026-11-21T08:04:00+09:00",
  delay_s: 0,
  state: "planned",
  is_last: false,
  wheelchair: "possible",
};
const KNOWN: Departures = {
  stop: { id: "s1", name: "Station", reading: "", lat: 32.2, lon: 130.7 },
  at: "2026-11-21T08:00:00+09:00",
  service_day: "2026-11-21",
  departures: [FIRST],
  is_cut: true,
  last: null,
  next_service: null,
  alerts: [],
};
const heard = (more: Partial<DepartureHeard> = {}): DepartureHeard => {
  const { line: _line, headsign: _headsign, wheelchair: _wheelchair, ...rest } = FIRST;
  return { ...rest, route: "bus:1", line: { ja: "1" }, headsign: { ja: "市役所", en: "City Hall" }, ...more };
};
const board = (departures: readonly DepartureHeard[], more: Partial<BoardHeard> = {}): BoardHeard => ({
  at: "2026-11-21T08:01:00+09:00",
  stop: "s1",
  service_day: "2026-11-21",
  departures,
  is_cut: false,
  alerts: [],
  ...more,
});

test("an old board and what is heard make what a fresh one would say", () => {
  const late = { leaves_at: "2026-11-21T08:07:00+09:00", delay_s: 180, state: "live" } as const;
  const next = heard({ id: "t2@20261121:0", trip: "t2", headsign: { ja: "港", en: "Harbour" } });
  const folded = foldBoard(KNOWN, board([heard(late), next]), "en");
  expect(folded?.departures).toEqual([
    { ...FIRST, ...late },
    { ...FIRST, id: "t2@20261121:0", trip: "t2", headsign: "Harbour", wheelchair: "unknown" },
  ]);
  expect([folded?.at, folded?.is_cut]).toEqual(["2026-11-21T08:01:00+09:00", false]);
});

test("what is older changes nothing", () => {
  expect(foldBoard(KNOWN, board([], { at: "2026-11-21T07:59:00+09:00" }), "en")).toBe(KNOWN);
});

test("a line or a notice that is not known, and a stop that nothing leaves any more, have to be asked for", () => {
  expect(foldBoard(KNOWN, board([heard({ route: "bus:9" })]), "en")).toBeNull();
  expect(foldBoard(KNOWN, board([heard()], { alerts: [{ ja: "工事" }] }), "en")).toBeNull();
  expect(foldBoard(KNOWN, board([]), "en")).toBeNull();
});
