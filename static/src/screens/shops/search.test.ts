import { expect, test } from "vitest";
import type { TownShop } from "../../api/shops";
import { awayText, distance, find, plain } from "./search";

const shop = (name: string, name_en: string, more: Partial<TownShop> = {}): TownShop => ({
  id: name,
  name,
  name_en,
  group: "eat",
  district: "九日町",
  details: { kind: "", kind_en: "", address: "", address_en: "", telephone: "", point: null, hours: null },
  door: null,
  ...more,
});
const at = (latitude_e6: number, longitude_e6: number): TownShop["details"] => ({
  ...shop("", "").details,
  point: { latitude_e6, longitude_e6 },
});
const BAKERY = shop("仮名ベーカリー 駅前", "Kamei Bakery", { details: at(32_215_300, 130_753_600), group: "food" });
const TEA = shop("まちの茶屋", "Mihon Tea House", { door: { is_open: true, changes_at: null }, details: at(32_212_700, 130_761_100) });
const SILENT = shop("だまる店", "Silent");
const ALL = [TEA, BAKERY, SILENT];
const wish = { words: "", group: "all", openOnly: false, here: null } as const;
const names = (found: ReturnType<typeof find>): readonly string[] => found.map((each) => each.shop.name);

test.each(["べーかりー", "ﾍﾞｰｶﾘｰ", "ベーカリー 駅前", "bakery KAMEI", "ＢＡＫＥＲＹ", "ベーカリ"])("%s finds the bakery", (words) => {
  expect(names(find(ALL, { ...wish, words }))).toEqual([BAKERY.name]);
});

test("every word must fit, and a district is a word", () => {
  expect(names(find(ALL, { ...wish, words: "九日町 tea" }))).toEqual([TEA.name]);
  expect(find(ALL, { ...wish, words: "tea bakery" })).toEqual([]);
});

test("trade and open now narrow the list; a shop that says no hours is not called open", () => {
  expect(names(find(ALL, { ...wish, group: "food" }))).toEqual([BAKERY.name]);
  expect(names(find(ALL, { ...wish, openOnly: true }))).toEqual([TEA.name]);
});

test("near me puts the nearest first and who has no place last", () => {
  const here = { latitude: 32.2153, longitude: 130.7537 };
  expect(names(find(ALL, { ...wish, here }))).toEqual([BAKERY.name, TEA.name, SILENT.name]);
  expect(Math.round(distance(here, BAKERY) ?? 0)).toBe(9);
  expect(Math.round(distance(here, TEA) ?? 0)).toBe(755);
});

test("distances are written as people say them", () => {
  expect([4, 347, 949, 951, 1240].map(awayText)).toEqual(["10 m", "350 m", "950 m", "1.0 km", "1.2 km"]);
});

test("marks that nobody types do not matter", () => {
  expect(plain("カフェ・ド・まち")).toBe(plain("かふぇどまち"));
  expect(plain("Café")).toBe("cafe");
});
