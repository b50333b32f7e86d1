import { expect, test } from "vitest";
import { clockText, secondsLeft, shareLeft } from "./time-left";

const NOW = new Date("2026-11-21T03:00:00.000Z");

test("seconds are counted up to the last one and never below zero", () => {
  expect(secondsLeft("2026-11-21T03:05:00Z", NOW)).toBe(300);
  expect(secondsLeft("2026-11-21T03:00:00.001Z", NOW)).toBe(1);
  expect(secondsLeft("2026-11-21T03:00:00Z", NOW)).toBe(0);
  expect(secondsLeft("2026-11-21T02:00:00Z", NOW)).toBe(0);
});

test("time to go is written as a clock", () => {
  expect([300, 65, 9, 0].map(clockText)).toEqual(["5:00", "1:05", "0:09", "0:00"]);
});

test("the ring empties from whole to nothing", () => {
  expect([shareLeft(300, 300), shareLeft(150, 300), shareLeft(0, 300), shareLeft(400, 300)]).toEqual([1, 0.5, 0, 1]);
});
