import { afterEach, beforeEach, expect, test } from "vitest";
import type { TownShop } from "../../api/shops";
import { button, leaveStage, playCity, press, settled, show, type } from "../../test-stage";
import { NO_WISH as NO_WAY, wish as going } from "../go/state";
import ShopPage from "./ShopPage";
import Shops from "./Shops";
import { NO_WISH, shops, wish } from "./state";

const EEL: TownShop = {
  id: "s1",
  name: "例のうなぎ",
  name_en: "Rei Eel",
  group: "eat",
  district: "九日町",
  details: {
    kind: "うなぎ料理",
    kind_en: "Eel restaurant",
    address: "九日町2",
    address_en: "",
    telephone: "0966-00-0002",
    point: { latitude_e6: 32_212_100, longitude_e6: 130_761_800 },
    hours: { spans: [{ days: ["sat", "sun"], opens: "11:00", closes: "14:30" }], holidays: "closed" },
  },
  door: { is_open: true, changes_at: null },
};
const SILENT: TownShop = {
  ...EEL,
  id: "s2",
  name: "だまる店",
  group: "other",
  details: { ...EEL.details, telephone: "", point: null, hours: null },
  door: null,
};

beforeEach(() => {
  shops.value = null;
  wish.value = NO_WISH;
  playCity(() => ({ status: 200, body: { results: [EEL, SILENT] } }));
});
afterEach(() => {
  leaveStage();
  shops.value = null;
  going.value = NO_WAY;
});
const text = (): string => document.body.textContent ?? "";

test("everybody finds a shop by a word, and an empty search says what to do", async () => {
  await show(<Shops />);
  await settled();
  expect(text()).toContain("2軒");
  expect(text()).toContain("時間はお店に聞いてください");
  await type("お店をさがす", "例の ウナギ");
  expect(text()).toContain("1軒");
  expect(button(/例のうなぎ/).getAttribute("href")).toBe("/pay/shops/s1");
  await type("お店をさがす", "すし");
  expect(text()).toContain("あてはまるお店がありません");
  await press("しぼりこみを外す");
  expect(text()).toContain("2軒");
});

test("only trades that the town has are offered, and one narrows the list", async () => {
  await show(<Shops />);
  await settled();
  expect(text()).not.toContain("薬・医療");
  await press("そのほか");
  expect(text()).toContain("1軒");
  expect(button("そのほか").getAttribute("aria-pressed")).toBe("true");
});

test("a shop tells its week, how to call it and the way", async () => {
  await show(<ShopPage values={{ id: "s1" }} />);
  await settled();
  expect(text()).toContain("土曜11:00–14:30");
  expect(text()).toContain("祝日休み");
  expect(button(/電話をかける/).getAttribute("href")).toBe("tel:0966-00-0002");
  expect(button(/地図アプリ/).getAttribute("href")).toBe("geo:32.2121,130.7618");
  await press(/バスや列車で行く/);
  expect(going.value.to).toEqual({ name: "例のうなぎ", lat: 32.2121, lon: 130.7618 });
  expect(window.location.pathname).toBe("/go");
});

test("a shop that is gone is said to be gone", async () => {
  await show(<ShopPage values={{ id: "s9" }} />);
  await settled();
  expect(text()).toContain("このお店は見つかりません");
});
