import { expect, test } from "vitest";
import { lookOf } from "./colours";

test("ink is chosen for the eye, whatever the operator wrote", () => {
  expect(lookOf("0057B8")).toEqual({ background: "#0057b8", ink: "#ffffff" });
  expect(lookOf("#FFD400")).toEqual({ background: "#ffd400", ink: "#000000" });
  expect(lookOf("777777")?.ink).toBe("#000000");
});

test("a line without a colour has none, and nothing else becomes one", () => {
  expect([lookOf(""), lookOf("red"), lookOf("12345")]).toEqual([null, null, null]);
});
