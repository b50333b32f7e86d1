import { expect, test } from "vitest";
import { at, journey, leg, LEGS, line, place, trip } from "./played-town";
import { nextStep, troublesOf } from "./troubles";

const kinds = (found: ReturnType<typeof troublesOf>): readonly string[] => found.map(({ kind }) => kind);

test("a journey as planned has no trouble", () => {
  expect(troublesOf(journey(), "walk")).toEqual([]);
});

test("a late first bus misses the second, the walk between counted in", () => {
  const first = leg("ride", "08:00", "08:18", { trip: trip({ state: "live", delay_s: 480 }) });
  const walk = leg("walk", "08:18", "08:21");
  const second = leg("ride", "08:20", "08:40", { trip: trip({ id: "t2", line: line({ name: "2" }) }) });
  const found = troublesOf(journey({ legs: [first, walk, second] }), "walk");
  expect(found).toEqual([{ kind: "missed", leg: second, after: first }]);
  const later = { ...second, leaves_at: at("08:21") };
  expect(troublesOf(journey({ legs: [first, walk, later] }), "walk")).toEqual([]);
});

test("what does not run comes first", () => {
  const gone = leg("ride", "08:10", "08:20", { trip: trip({ state: "cancelled" }) });
  expect(kinds(troublesOf(journey({ legs: [gone] }), "walk"))).toEqual(["cancelled"]);
});

test("a wheelchair is told of vehicles and ways; others are not troubled with it", () => {
  const stairs = leg("walk", "08:00", "08:05", { steps: [{ kind: "steps", name: "", metres: 12, seconds: 20, turn_degrees: 0 }] });
  const not = leg("ride", "08:10", "08:20", { trip: trip({ wheelchair: "not_possible" }) });
  const who = leg("ride", "08:25", "08:30", { trip: trip({ wheelchair: "unknown" }) });
  const whole = journey({ legs: [stairs, not, who], risk_m: 120 });
  expect(kinds(troublesOf(whole, "wheelchair"))).toEqual(["no_wheelchair", "wheelchair_unknown", "stairs", "risk"]);
  expect(kinds(troublesOf(whole, "gentle"))).toEqual(["stairs", "risk"]);
  expect(troublesOf(whole, "walk")).toEqual([]);
});

test("step by step: set out, get on, get off, walk, be there", () => {
  const at8 = (time: string): unknown => {
    const step = nextStep(journey(), new Date(at(time)));
    return step && [step.kind, step.at];
  };
  expect(at8("08:00")).toEqual(["set_out", at("08:04")]);
  expect(at8("08:05")).toEqual(["board", at("08:10")]);
  expect(at8("08:12")).toEqual(["alight", at("08:20")]);
  expect(at8("08:21")).toEqual(["walk", at("08:22")]);
  expect(at8("08:22")).toEqual(["there", at("08:22")]);
  const byBus = journey({ legs: [LEGS[1] ?? leg("ride", "08:10", "08:20", { start: place("駅前") })] });
  expect(nextStep(byBus, new Date(at("08:00")))?.kind).toBe("board");
});
