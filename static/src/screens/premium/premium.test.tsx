import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go, place } from "../../app/router";
import type { Mine, Offer } from "../../api/premium";
import type { CardTopUp } from "../../api/types";
import { button, leaveStage, playCity, press, settled, show } from "../../test-stage";
import Result from "../top-up/Result";
import Ways from "../top-up/Ways";
import OfferPage from "./OfferPage";
import { wholeOf } from "./words";

const MINE: Mine = {
  is_for_me: true,
  may_buy: 3,
  bought: 0,
  buy_until: "2026-12-21T15:00:00Z",
  ticket: null,
  wished: null,
  rank: null,
  allotted: null,
  being_paid: 0,
  card_payment: null,
};
const OFFER: Offer = {
  id: "p1",
  name: "秋のプレミアム",
  name_en: "Autumn premium",
  way: "first_come",
  who: "everybody",
  state: "selling",
  unit_yen: 5000,
  bonus: 1000,
  rate_bp: 2000,
  units: 10,
  left: 10,
  per_person: 3,
  apply_from: null,
  apply_until: null,
  draw_at: null,
  draw_id: null,
  sells_from: "2026-11-01T15:00:00Z",
  sells_until: "2026-12-21T15:00:00Z",
  sold_out_at: null,
  bonus_last_day: "2027-02-28",
  mine: MINE,
};
const PAGE: CardTopUp = {
  id: "t1",
  method: "card",
  status: "open",
  amount: 10_000,
  currency: "JPY",
  url: "https://pay.example/cs_1",
  pay_by: "2026-11-21T03:35:00Z",
  refused: "",
  refunded: 0,
  receipt_number: null,
  started_at: "2026-11-21T03:00:00Z",
  version: 2,
  premium: { id: "p1", name: "秋のプレミアム", name_en: "Autumn premium", units: 2, bonus: 2000, bonus_last_day: "2027-02-28" },
};

const assign = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  assign.mockReset();
  vi.spyOn(window.location, "assign").mockImplementation(assign);
  go("/pay/premium/p1");
});

afterEach(() => {
  leaveStage();
  vi.restoreAllMocks();
});

interface Played {
  readonly mine?: Partial<Mine>;
  readonly page?: Partial<CardTopUp>;
  readonly methods?: readonly string[];
  readonly refusal?: { readonly code: string; readonly title: string; readonly status?: number };
}

const cityOf = ({ mine, page, methods = ["card"], refusal }: Played) =>
  playCity(({ path }) => {
    if (path.endsWith("top_up_ways")) return { status: 200, body: { methods, least: 500, most: 50_000, transfer: false } };
    if (path.includes("?limit")) return { status: 200, body: { results: [{ ...PAGE, ...page }], next: null } };
    if (path.endsWith("card_top_up") && refusal) return { status: refusal.status ?? 409, body: refusal };
    if (path.endsWith("card_top_up")) return { status: 201, body: { ...PAGE, ...page } };
    if (path.includes("card_top_ups")) return { status: 200, body: { ...PAGE, ...page } };
    return { status: 200, body: { ...OFFER, mine: { ...MINE, ...mine } } };
  });

const shown = async (): Promise<HTMLElement> => {
  const stage = await show(<OfferPage values={{ id: "p1" }} />);
  await settled();
  return stage;
};
const said = (): string => document.body.textContent ?? "";

test("two units are chosen, one tap leaves for the card company, and a double tap begins once", async () => {
  const asked = cityOf({});
  await shown();
  await press("1口ふやす");
  expect(said()).toContain("10,000円をはらうと、12,000円分になります。");
  const main = button("10,000円をカードではらう");
  expect(main.className).toContain("button-main");
  main.click();
  main.click();
  await settled();
  const begun = asked.filter(({ path }) => path === "/api/v1/wallet/premium/p1/card_top_up");
  expect(begun).toHaveLength(1);
  expect(begun[0]?.body).toEqual({ units: 2, amount: 10_000 });
  expect(assign).toHaveBeenCalledWith("https://pay.example/cs_1");
});

test("the code for cash stays beside the card, and is the main way where the city takes no cards", async () => {
  cityOf({});
  await shown();
  expect(button("わたしのコードを見せる").className).toContain("button-plain");
  cityOf({ methods: [] });
  await shown();
  expect(button("わたしのコードを見せる").className).toContain("button-main");
  expect(said()).not.toContain("カードではらう");
});

test("what is wrong with the units stands at the units, and the offer is read anew", async () => {
  const asked = cityOf({ refusal: { code: "premium_sold_out", title: "プレミアム付コインは、残りが足りません。" } });
  const stage = await shown();
  const before = asked.filter(({ path }) => path.endsWith("premium/p1")).length;
  await press("5,000円をカードではらう");
  await settled();
  const box = stage.querySelector(".units-box");
  expect(box?.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(box?.getAttribute("aria-describedby") ?? "")?.textContent).toBe("プレミアム付コインは、残りが足りません。");
  expect(asked.filter(({ path }) => path.endsWith("premium/p1"))).toHaveLength(before + 1);
  expect(assign).not.toHaveBeenCalled();
  await press("1口ふやす");
  expect(said()).not.toContain("残りが足りません");
});

test("any other refusal is said above, and a lost answer is asked for again under the same key", async () => {
  const refusal = { code: "card_vendor_away", title: "カード会社につながりません。", status: 503 };
  const asked = cityOf({ refusal });
  await shown();
  await press("5,000円をカードではらう");
  await settled();
  expect(said()).toContain("つながりませんでした");
  await press("5,000円をカードではらう");
  await settled();
  const keys = asked.filter(({ path }) => path.endsWith("card_top_up")).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test("an earlier try whose answer got lost is shown instead of paying it unseen", async () => {
  cityOf({});
  await shown();
  await press("5,000円をカードではらう");
  await settled();
  expect(assign).not.toHaveBeenCalled();
  expect(place.value.path).toBe("/pay/top-up/t1");
});

test("a payment under way leads back to it, and nothing else is begun", async () => {
  cityOf({ mine: { may_buy: 1, being_paid: 2, card_payment: "t1" } });
  await shown();
  expect(said()).toContain("2口の支払いが途中です");
  expect(button("支払いを続ける").getAttribute("href")).toBe("/pay/top-up/t1");
  expect(said()).not.toContain("カードではらう");
});

test("the page of the payment says what is bought, and giving up lets the units go", async () => {
  cityOf({ page: { status: "ended", url: null } });
  await show(<Result values={{ id: "t1" }} />);
  await settled();
  expect(said()).toContain("購入は行われませんでした");
  expect(said()).toContain("秋のプレミアム");
  expect(said()).toContain("また売りに出ました");
  expect(button("もう一度買う").getAttribute("href")).toBe("/pay/premium/p1");
});

test("what was bought says its units, its bonus and the bonus' last day", async () => {
  cityOf({ page: { status: "paid", url: null, receipt_number: "AB12-CD34" } });
  await show(<Result values={{ id: "t1" }} />);
  await settled();
  for (const words of ["買いました", "2口", "2,000円", "2027年2月28日", "AB12-CD34"]) expect(said()).toContain(words);
});

test("the bonus of several units is rounded down once", () => {
  expect(wholeOf({ unit_yen: 999, rate_bp: 3333 }, 3)).toBe(2997 + 998);
});

test("an unpaid purchase stands among the top-ups by its name", async () => {
  cityOf({});
  await show(<Ways />);
  await settled();
  expect(said()).toContain("秋のプレミアム");
});
