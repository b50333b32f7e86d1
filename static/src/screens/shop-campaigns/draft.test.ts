import { beforeAll, expect, test } from "vitest";
import { speak } from "../../i18n";
import { draftOf, EMPTY, numberIn, wrongIn } from "./draft";

beforeAll(() => speak("ja"));

test("numbers are read in any width and within their bounds", () => {
  expect(numberIn("５００", 1, 1000)).toBe(500);
  expect(numberIn("1,000", 1, 1000)).toBe(1000);
  expect(numberIn("1001", 1, 1000)).toBeNull();
  expect(numberIn("-1", 0, 10)).toBeNull();
  expect(numberIn("", 0, 10)).toBeNull();
});

test("what is missing is said beside its field", () => {
  expect(wrongIn(EMPTY, "coupon")).toEqual({
    title: "入れてください。",
    titleEn: "入れてください。",
    off: "1から100,000までの数を入れてください。",
  });
  expect(wrongIn({ ...EMPTY, title: "a", titleEn: "a", off: "101", benefit: "percent" }, "stamps")).toEqual({
    off: "1から100までの数を入れてください。",
  });
});

test("a card runs from now for so many days", () => {
  const draft = { ...EMPTY, title: " 茶 ", titleEn: "Tea", off: "300", days: "2" };
  const { card } = draftOf(draft, new Date("2026-11-21T03:00:00Z"));
  expect(card).toEqual({
    title: "茶",
    title_en: "Tea",
    starts_at: "2026-11-21T03:00:00.000Z",
    ends_at: "2026-11-23T03:00:00.000Z",
    minimum: 500,
    benefit: { kind: "amount", yen: 300 },
    size: 10,
    products: [],
  });
});

test("tags of goods are read with commas of any kind, each once, and not too many", () => {
  const draft = { ...EMPTY, title: "茶", titleEn: "Tea", off: "300", goods: " パン、牛乳,パン， " };
  expect(draftOf(draft, new Date()).card.products).toEqual(["パン", "牛乳"]);
  expect(wrongIn(draft, "stamps")).toEqual({});
  const goods = Array.from({ length: 11 }, (_, number) => `t${number}`).join(",");
  expect(wrongIn({ ...draft, goods }, "stamps")).toEqual({ goods: "目印は40字まで、10個までにしてください。" });
  expect(Object.keys(wrongIn({ ...draft, goods: "x".repeat(41) }, "stamps"))).toEqual(["goods"]);
});
