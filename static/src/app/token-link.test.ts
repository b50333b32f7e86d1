import { afterEach, expect, test } from "vitest";
import { dropLink, takeFromAddress, tokenIn } from "./token-link";

const TOKEN = "s3cr3t-Token_of-27-letters0";

afterEach(() => dropLink("family"));

test("a token is found in a link, in letters with gaps, and in nothing else", () => {
  expect(tokenIn(`http://localhost/family/join#${TOKEN}`)).toBe(TOKEN);
  expect(tokenIn(" s3cr 3t-T oken _of- 27-l ette rs0 ")).toBe(TOKEN);
  for (const other of ["", "short", "http://localhost/pay", "a b c", "x".repeat(65), "しょうたい".repeat(4)]) expect(tokenIn(other)).toBeNull();
});

test("a link leaves the address at once and waits in the tab for the sign-in, for its own screen alone", () => {
  history.replaceState(null, "", `/family/join#${TOKEN}`);
  expect(takeFromAddress("family")).toBe(TOKEN);
  expect(window.location.hash).toBe("");
  expect(takeFromAddress("family")).toBe(TOKEN);
  expect(takeFromAddress("staff")).toBeNull();
  dropLink("family");
  expect(takeFromAddress("family")).toBeNull();
});
