import { expect, test } from "vitest";
import { amountOf, digitsOf, press, type PadKey } from "./amount";

const typed = (keys: readonly PadKey[]): string => keys.reduce(press, "");

test("keys make an amount, and no amount begins with zero", () => {
  expect(typed(["5", "2", "0"])).toBe("520");
  expect(typed(["0", "0", "5"])).toBe("5");
  expect(typed(["00", "7", "00"])).toBe("700");
  expect(typed(["5", "2", "erase"])).toBe("5");
  expect(typed(["5", "2", "clear"])).toBe("");
  expect(typed(["erase"])).toBe("");
});

test("an eighth digit is not taken", () => {
  expect(press("1234567", "8")).toBe("1234567");
  expect(press("123456", "00")).toBe("123456");
});

test("what is typed or pasted keeps its digits and nothing else", () => {
  expect(digitsOf("１，２００円")).toBe("1200");
  expect(digitsOf("¥ 500")).toBe("500");
  expect(digitsOf("007")).toBe("7");
  expect(digitsOf("")).toBe("");
  for (const wrong of ["1.5", "-1", "1e3", "abc", "12345678", "５百"]) expect(digitsOf(wrong)).toBeNull();
});

test("no digits yet is nothing", () => {
  expect([amountOf(""), amountOf("520")]).toEqual([0, 520]);
});
