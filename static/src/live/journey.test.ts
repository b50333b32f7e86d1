import { expect, test } from "vitest";
import type { Journey } from "../api/journeys";
import { foldFollowed, type Followed } from "./journey";

const journey = (minutes: number, id = "j1"): Journey => ({ id, minutes }) as Journey;
const OLD: Followed = { journey: journey(18), alerts: [], at: "2026-11-21T08:00:00+09:00", stands: true, instead: [] };
const RAIN = { id: "a1", header: "大雨", description: "", url: "", by: "" };
const LATER = "2026-11-20T23:01:00Z";

test("an old state and an event make what a fresh snapshot would say", () => {
  const changed = foldFollowed(OLD, { type: "journey.changed", data: { journey: journey(22), alerts: [RAIN], at: LATER } });
  expect(changed).toEqual({ journey: journey(22), alerts: [RAIN], at: LATER, stands: true, instead: [] });
  const lost = foldFollowed(changed, { type: "journey.lost", data: { instead: [journey(30, "j2")], at: LATER } });
  expect(lost).toEqual({ ...changed, stands: false, instead: [journey(30, "j2")] });
  expect(foldFollowed(lost, { type: "journey.changed", data: { journey: journey(22), alerts: [], at: LATER } }).stands).toBe(true);
});

test("what is older, about another journey or not understood changes nothing", () => {
  const older = { journey: journey(22), alerts: [], at: "2026-11-20T22:00:00Z" };
  expect(foldFollowed(OLD, { type: "journey.changed", data: older })).toBe(OLD);
  expect(foldFollowed(OLD, { type: "journey.changed", data: { ...older, at: LATER, journey: journey(22, "j9") } })).toBe(OLD);
  expect(foldFollowed(OLD, { type: "journey.lost", data: { instead: [], at: older.at } })).toBe(OLD);
  expect(foldFollowed(OLD, { type: "something.else", data: {} })).toBe(OLD);
});
