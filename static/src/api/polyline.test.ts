import { expect, test } from "vitest";
import { pointsOf } from "./polyline";

test("the format's own example is read", () => {
  expect(pointsOf("_p~iF~ps|U_ulLnnqC_mqNvxq`@")).toEqual([
    [38.5, -120.2],
    [40.7, -120.95],
    [43.252, -126.453],
  ]);
});

test("nothing has no points, and what is cut off is left out", () => {
  expect(pointsOf("")).toEqual([]);
  expect(pointsOf("_p~iF")).toEqual([]);
  expect(pointsOf("_p~iF~ps|U_ulL")).toEqual([[38.5, -120.2]]);
});
