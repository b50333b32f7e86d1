import { expect, test } from "vitest";
import { joined, judged } from "./joining";
import { fare, journey, journeys, leg, said } from "./played-town";

const early = journey({ id: "a", legs: [leg("ride", "08:05", "08:30")], changes: 1, walk_minutes: 2, fare: fare(400) });
const late = journey({ id: "b", legs: [leg("ride", "08:20", "08:40")], changes: 0, walk_minutes: 9, fare: fare(180) });

test("each is the best in something; where all are alike, none is", () => {
  expect(judged([early, late]).map(({ best }) => best)).toEqual([
    ["soonest", "least_walking"],
    ["cheapest", "fewest_changes"],
  ]);
  expect(judged([early]).map(({ best }) => best)).toEqual([[]]);
  expect(judged([early, { ...early, id: "c" }]).map(({ best }) => best)).toEqual([[], []]);
});

test("what nobody knows is never the cheapest, but beside it a known fare is", () => {
  const unknown = { ...early, fare: fare(null) };
  expect(judged([unknown, { ...late, fare: fare(null) }]).flatMap(({ best }) => best)).not.toContain("cheapest");
  expect(judged([unknown, late])[1]?.best).toContain("cheapest");
});

test("a page of later journeys comes behind, each once, and moves its own cursor alone", () => {
  const shown = journeys([early], { alerts: [said("大雨")] });
  const page = journeys([{ ...early, minutes: 99 }, journey({ ...late, legs: [leg("ride", "08:20", "08:40", { alerts: [0] })] })], {
    earlier: "e2",
    later: "l2",
    alerts: [said("工事")],
  });
  const both = joined(shown, page, "later");
  expect(both.journeys.map(({ id, minutes }) => [id, minutes])).toEqual([
    ["a", 99],
    ["b", 18],
  ]);
  expect([both.earlier, both.later]).toEqual(["e1", "l2"]);
  expect(both.journeys[1]?.legs[0]?.alerts.map((number) => both.alerts[number]?.header)).toEqual(["工事"]);
});

test("an earlier page stands before", () => {
  const both = joined(journeys([late]), journeys([early], { earlier: "e2" }), "earlier");
  expect(both.journeys.map(({ id }) => id)).toEqual(["a", "b"]);
  expect([both.earlier, both.later]).toEqual(["e2", "l1"]);
});
