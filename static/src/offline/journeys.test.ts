import { beforeEach, expect, test, vi } from "vitest";
import type { Journey, JourneysAsked } from "../api/journeys";
import { forgetGoing, recallGoing, rememberGoing, USUAL } from "./going";
import { forgetJourneys, keepJourney, keptJourney, keptJourneys, keyOf, type KeptJourney } from "./journeys";

const kept = (key: string, to = "市役所"): KeptJourney => ({
  key,
  at: "2026-11-21T08:00:00+09:00",
  question: {} as JourneysAsked,
  from: "駅",
  to,
  journey: { id: key } as Journey,
  alerts: [],
  attribution: "",
});

beforeEach(() => localStorage.clear());

test("the last eight are kept, the newest first, each once", () => {
  for (let number = 1; number <= 10; number += 1) keepJourney(kept(`k${number}`));
  keepJourney(kept("k5", "病院"));
  expect(keptJourneys().map(({ key }) => key)).toEqual(["k5", "k10", "k9", "k8", "k7", "k6", "k4", "k3"]);
  expect(keptJourney("k5")?.to).toBe("病院");
  expect(keptJourney("k1")).toBeNull();
});

test("a phone without room keeps fewer", () => {
  for (const key of ["k1", "k2", "k3"]) keepJourney(kept(key));
  const held = new Map([["machi.journeys", localStorage.getItem("machi.journeys") ?? ""]]);
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if ((JSON.parse(text) as unknown[]).length > 2) throw new DOMException("full", "QuotaExceededError");
      held.set(key, text);
    },
  });
  keepJourney(kept("k4"));
  expect(keptJourneys().map(({ key }) => key)).toEqual(["k4", "k3"]);
  vi.unstubAllGlobals();
});

test("what cannot be read is nothing", () => {
  localStorage.setItem("machi.journeys", "{");
  localStorage.setItem("machi.going", "{");
  expect(keptJourneys()).toEqual([]);
  expect(recallGoing()).toEqual(USUAL);
});

test("where somebody goes leaves the phone with them", () => {
  keepJourney(kept("k1"));
  rememberGoing({ ...USUAL, walk: "wheelchair" });
  forgetJourneys();
  expect(keptJourneys()).toEqual([]);
  expect(recallGoing().walk).toBe("wheelchair");
  forgetGoing();
  expect(recallGoing()).toEqual(USUAL);
});

test("a journey has a short name for each day, the same each time", () => {
  const one = { id: "bus:t1@20261121:0-2", leaves_at: "2026-11-21T08:04:00+09:00" };
  expect(keyOf(one)).toBe(keyOf({ ...one, leaves_at: "2026-11-21T08:09:00+09:00" }));
  expect(keyOf(one)).not.toBe(keyOf({ ...one, leaves_at: "2026-11-22T08:04:00+09:00" }));
  expect(keyOf(one)).toMatch(/^[0-9a-z]{8,14}$/);
});
