import { expect, test } from "vitest";
import type { FollowedNow } from "../api/follow";
import type { Journey, ServiceAlert } from "../api/journeys";
import { foldFollowed, untold } from "./journey";

const journey = (minutes: number, id = "j1"): Journey => ({ id, minutes }) as Journey;
const OLD = untold(journey(18), [], "2026-11-21T08:00:00+09:00");
const RAIN: ServiceAlert = { id: "a1", header: "大雨", description: "", url: "", severity: "info", by: "" };
const LATER = "2026-11-20T23:01:00Z";
const NOW: FollowedNow = {
  at: LATER,
  journey: journey(22),
  alerts: [RAIN],
  phase: { kind: "waiting", leg: 1, next: null, stops_left: 0 },
  changes: [{ before: 0, after: 1, needed_s: 0, slack_s: -60, holds: false }],
  trouble: { kind: "missed", leg: 1 },
  instead: [journey(30, "j2")],
};
const changed = (more: Partial<FollowedNow> = {}) => ({ type: "journey.changed", data: { followed: { ...NOW, ...more } } });

test("an old state and an event make what a fresh snapshot would say", () => {
  const missed = foldFollowed(OLD, changed());
  expect(missed).toEqual({ ...NOW, stands: true, eased: false });
  const eased = foldFollowed(missed, changed({ trouble: null, instead: [] }));
  expect([eased.trouble, eased.instead, eased.eased]).toEqual([null, [], true]);
  expect(foldFollowed(eased, changed({ trouble: null, instead: [] })).eased).toBe(true);
  expect(foldFollowed(eased, changed()).eased).toBe(false);
});

test("a journey that the timetable does not know any more stays on the screen as it was", () => {
  const gone = foldFollowed(OLD, changed({ journey: null, trouble: { kind: "gone", leg: 1 } }));
  expect([gone.journey, gone.trouble?.kind]).toEqual([OLD.journey, "gone"]);
});

test("who asks finds the journey again, or others in its place", () => {
  const found = foldFollowed(OLD, { type: "journey.found", data: { journey: journey(22), alerts: [RAIN], at: LATER } });
  expect(found).toEqual(untold(journey(22), [RAIN], LATER));
  const lost = foldFollowed(found, { type: "journey.lost", data: { instead: [journey(30, "j2")], at: LATER } });
  expect(lost).toEqual({ ...found, stands: false, instead: [journey(30, "j2")] });
  expect(foldFollowed(lost, { type: "journey.found", data: { journey: journey(22), alerts: [], at: LATER } }).stands).toBe(true);
});

test("what is older, about another journey or not understood changes nothing", () => {
  const older = { journey: journey(22), alerts: [], at: "2026-11-20T22:00:00Z" };
  expect(foldFollowed(OLD, { type: "journey.found", data: older })).toBe(OLD);
  expect(foldFollowed(OLD, { type: "journey.found", data: { ...older, at: LATER, journey: journey(22, "j9") } })).toBe(OLD);
  expect(foldFollowed(OLD, { type: "journey.lost", data: { instead: [], at: older.at } })).toBe(OLD);
  expect(foldFollowed(OLD, changed({ at: older.at }))).toBe(OLD);
  expect(foldFollowed(OLD, { type: "something.else", data: {} })).toBe(OLD);
});
