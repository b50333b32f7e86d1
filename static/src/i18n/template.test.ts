import { expect, test } from "vitest";
import { fill, grouped, parse, places } from "./template";

test("a text is words, places and words with readings", () => {
  expect(parse("{amount}{円|えん}を はらう")).toEqual([
    { kind: "place", name: "amount" },
    { kind: "ruby", base: "円", reading: "えん" },
    { kind: "text", text: "を はらう" },
  ]);
  expect(places("{shop}: {amount} / {shop}")).toEqual(["shop", "amount"]);
});

test("a plain line leaves the readings out and groups its numbers", () => {
  expect(fill("{amount}{円|えん}を はらう", { amount: 12500 })).toBe("12,500円を はらう");
  expect(() => fill("{amount}円", {})).toThrow("amount");
});

test("numbers are grouped by three", () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
});
