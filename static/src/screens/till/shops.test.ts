import { describe, expect, test } from "vitest";
import type { TillShop } from "../../api/types";
import { firstReplaces } from "./draft";
import { may, obviousShop } from "./shops";

const shop = (id: string, may: readonly string[] = ["charge"]): TillShop => ({
  id,
  name: `店${id}`,
  name_en: "",
  organisation_id: "o",
  may,
});

describe("which till opens", () => {
  test("the only one, without asking", () => {
    expect(obviousShop([shop("a")], null)?.id).toBe("a");
    expect(obviousShop([shop("a")], "gone")?.id).toBe("a");
  });

  test("the one run last, while it is still mine; else a person chooses", () => {
    expect(obviousShop([shop("a"), shop("b")], "b")?.id).toBe("b");
    expect(obviousShop([shop("a"), shop("b")], "c")).toBeNull();
    expect(obviousShop([], "a")).toBeNull();
  });

  test("what I may do there is what the city says", () => {
    expect(may(shop("a", ["charge", "refund"]), "refund")).toBe(true);
    expect(may(shop("a", ["charge"]), "top_up")).toBe(false);
  });
});

test("the first digit typed replaces an amount that was filled in; erasing shortens it", () => {
  expect(firstReplaces("500", "5002")).toBe("2");
  expect(firstReplaces("500", "50000")).toBe("");
  expect(firstReplaces("500", "50")).toBe("50");
  expect(firstReplaces("500", "7")).toBe("7");
});
