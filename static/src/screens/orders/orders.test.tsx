import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Order, OrderToPay } from "../../api/orders";
import { go, place } from "../../app/router";
import { mine } from "../../state/wallet";
import { button, leaveStage, playCity, press, settled, show, type as fill, type Asked } from "../../test-stage";
import { placeOf } from "../../app/token-link";
import OrderPage from "./OrderPage";
import Orders from "./Orders";
import { mostCoins, statusWord, waysOf } from "./words";

const NONE = { discount: 0, coin: 0, card: 0 };
const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa" };
const ORDER: Order = {
  id: "o1", receipt_number: "ABCDE-FGH23", shop: SHOP, source: "till", status: "open", delivery: "none", mode: "pay",
  methods: ["coin", "card", "mixed"], total: 1000, currency: "JPY",
  lines: [
    { number: 1, name: "コーヒー", name_en: "Coffee", quantity: 2, unit_price: 400, amount: 800, product: "drink", taken: 0, refunded: 0 },
    { number: 2, name: "ケーキ", name_en: "Cake", quantity: 1, unit_price: 200, amount: 200, product: "", taken: 0, refunded: 0 },
  ],
  paying: null, refunds: [], placed_at: "2026-11-21T03:00:00Z", expires_at: "2026-11-21T04:00:00Z", held_until: null, ended_at: null,
  link: null, version: 1,
};
const QUOTE = {
  shop: SHOP, price: 1000, discount: 80, pays: 920, others: [],
  coupons: [{ coupon: "c1", title: "飲み物1割引き", title_en: "10% off drinks", discount: 80, funded_by: "campaign" as const }],
};
const FOUND: OrderToPay = { order: ORDER, quote: QUOTE, methods: ["coin", "card", "mixed"], available: 3000, card_least: 50 };
const PAID: Order = {
  ...ORDER, status: "paid", delivery: "delivered", ended_at: "2026-11-21T03:05:00Z", version: 2,
  lines: ORDER.lines.map((line) => ({ ...line, taken: line.amount })),
  paying: { method: "coin", status: "paid", tenders: { discount: 80, coin: 920, card: 0 }, taken: { discount: 80, coin: 920, card: 0 }, refunded: NONE, url: null, refused: "" },
};
const BEGUN: Order = {
  ...ORDER, version: 2,
  paying: { method: "card", status: "begun", tenders: { discount: 80, coin: 0, card: 920 }, taken: NONE, refunded: NONE, url: "https://pay.example/cs_1", refused: "" },
};

const assign = vi.fn();
const text = (): string => document.body.textContent ?? "";
let found: OrderToPay;
let paid: Order;
let looked: Order;
let asked: readonly Asked[];

const play = (): void => {
  asked = playCity(({ path }) => {
    if (path.endsWith("/open")) return { status: 200, body: found };
    if (path.endsWith("/payments")) return { status: 201, body: paid };
    if (path.endsWith("/look")) return { status: 200, body: looked };
    if (path.endsWith("/give_up")) {
      found = FOUND;
      return { status: 200, body: ORDER };
    }
    return { status: 404, body: { code: "not_found" } };
  });
};
const posts = (end: string): readonly unknown[] => asked.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);

beforeEach(() => {
  sessionStorage.clear();
  found = FOUND;
  paid = PAID;
  looked = ORDER;
  assign.mockReset();
  vi.spyOn(window.location, "assign").mockImplementation(assign);
  play();
});

afterEach(() => {
  leaveStage();
  go("/");
  mine.value = null;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const choose = async (words: string): Promise<void> => {
  const found = [...document.querySelectorAll("label")].find((each) => each.textContent === words);
  await act(() => found?.querySelector("input")?.click());
};
const open = async (hash = ""): Promise<void> => {
  go(`/pay/orders/o1${hash}`);
  if (hash) window.location.hash = hash;
  await show(<OrderPage values={{ id: "o1" }} />);
  await settled();
};

test("a bill shows its lines and what coupons take off, and is paid once with exactly that", async () => {
  await open("#abcdefghijklmnopqrstuvwxyzA");
  expect(text()).toContain("コーヒー");
  expect(text()).toContain("飲み物1割引き");
  expect(text()).toContain("はらったあとの残高");
  const main = button("920円をはらう");
  main.click();
  main.click();
  await settled();
  expect(posts("/payments")).toEqual([
    { token: "abcdefghijklmnopqrstuvwxyzA", method: "coin", coin: 0, coupons: [{ coupon: "c1", discount: 80 }] },
  ]);
});

test("a paid order says so and is felt", async () => {
  await open();
  found = { ...FOUND, order: PAID, quote: null };
  await press("920円をはらう");
  await settled();
  expect(document.querySelector("[role=alert]")?.textContent).toContain("くま川商店");
  expect(text()).toContain("支払い済み");
});

test("with a card one leaves for the card company's page", async () => {
  paid = BEGUN;
  await open();
  await choose("カードではらう");
  expect(text()).toContain("次に、カード会社の画面で920円をはらいます。");
  await press("920円をはらう");
  await settled();
  expect(assign).toHaveBeenCalledWith("https://pay.example/cs_1");
});

test("where coins do not suffice, a part of them and the card do; a wrong part stands at the field", async () => {
  found = { ...FOUND, available: 500 };
  paid = BEGUN;
  await open();
  await choose("コインとカードではらう");
  await fill("コインではらう金額（円）", "501");
  await press("920円をはらう");
  expect(posts("/payments")).toEqual([]);
  expect(text()).toContain("1円から500円まで入れられます。");
  await fill("コインではらう金額（円）", "300");
  await press("920円をはらう");
  await settled();
  expect(posts("/payments")).toMatchObject([{ method: "mixed", coin: 300 }]);
});

test("who comes back from the card's page lets the city ask; a declined card says why, and another way can be chosen", async () => {
  found = { ...FOUND, order: BEGUN };
  looked = { ...BEGUN, paying: { ...BEGUN.paying!, refused: "insufficient_funds" } };
  await open();
  expect(posts("/look")).toHaveLength(1);
  expect(text()).toContain("カードの利用可能額が足りません。");
  await press("やめて、はらい方を選び直す");
  await settled();
  expect(text()).toContain("920円をはらう");
});

test("with too little and no card one is led to topping up", async () => {
  found = { ...FOUND, methods: ["coin"], available: 10 };
  await open();
  expect(button("チャージする").getAttribute("href")).toBe("/pay/top-up");
});

test("a receipt tells what came back, and to where", async () => {
  const refund = { receipt_number: "R-9", amount: 200, parts: { discount: 16, coin: 100, card: 84 }, reason: "shop" as const, card_state: "done" as const, at: "2026-11-22T03:00:00Z" };
  found = { ...FOUND, quote: null, order: { ...PAID, refunds: [refund], lines: PAID.lines.map((line) => (line.number === 2 ? { ...line, refunded: 200 } : line)) } };
  await open();
  expect(text()).toContain("一部返金");
  expect(text()).toContain("カードの分は返金しました。");
});

test("my orders lead to each; an empty list teaches", async () => {
  playCity(() => ({ status: 200, body: { results: [], next: null } }));
  await show(<Orders />);
  await settled();
  expect(text()).toContain("まだ注文はありません");
  const row = { id: "o1", receipt_number: "R", shop: SHOP, status: "paid", total: 1000, taken: 1000, refunded: 1000, placed_at: ORDER.placed_at };
  playCity(() => ({ status: 200, body: { results: [row], next: null } }));
  await show(<Orders />);
  await settled();
  expect(text()).toContain("返金済み");
  expect(document.querySelector("a[href='/pay/orders/o1']")).not.toBeNull();
});

test("ways of paying are those that lead to the price", () => {
  expect(waysOf(FOUND, 920)).toEqual(["coin", "card"]);
  expect(waysOf({ ...FOUND, available: 919 }, 920)).toEqual(["card", "mixed"]);
  expect(waysOf({ ...FOUND, available: 0 }, 30)).toEqual([]);
  expect(mostCoins({ ...FOUND, available: 900 }, 920)).toBe(870);
  expect(statusWord({ status: "paid", taken: 100, refunded: 0 })).toBe("order.is_paid");
});

test("a bill's code leads to the bill, and nothing else does", () => {
  const id = "01a19f59-6b80-7c61-bd9a-e807e209b7be";
  expect(placeOf(`https://machi.example/pay/orders/${id}#abc`)).toBe(`/pay/orders/${id}`);
  expect(placeOf("https://machi.example/pay/orders/new#abc")).toBeNull();
  expect(place.value.path).toBe("/");
});
