import { expect, test } from "vitest";
import { back, go, match, place } from "./router";

test("an address is found by its pattern", () => {
  expect(match("/", "/")).toEqual({});
  expect(match("/", "/pay")).toBeNull();
  expect(match("/pay", "/pay/")).toEqual({});
  expect(match("/pay/receipts/:id", "/pay/receipts/a%2Fb")).toEqual({ id: "a/b" });
  expect(match("/pay/receipts/:id", "/pay/receipts")).toBeNull();
});

test("going somewhere changes the real address and hands over what is given", () => {
  go("/pay/confirm?x=1", { given: { code: "c" } });
  expect(window.location.pathname).toBe("/pay/confirm");
  expect(place.value.query.get("x")).toBe("1");
  expect(place.value.given).toEqual({ code: "c" });
  const { depth } = place.value;
  go("/pay/receipts/1", { replace: true });
  expect(place.value.depth).toBe(depth);
});

test("back from a page opened directly leads to a sensible page", () => {
  history.replaceState(null, "", "/pay/receipts/1");
  back("/pay");
  expect(place.value.path).toBe("/pay");
});
