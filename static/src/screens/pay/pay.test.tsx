import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Mine } from "../../live/wallet";
import { go, place } from "../../app/router";
import { mine } from "../../state/wallet";
import { button, leaveStage, playCity, press, settled, show, type Asked } from "../../test-stage";
import Checking from "./Checking";
import Confirm from "./Confirm";

const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa" };
const RECEIPT = {
  id: "p1",
  receipt_number: "R-1",
  status: "paid",
  amount: 520,
  discount: 0,
  refunded: 0,
  currency: "JPY",
  paid_at: "2026-11-21T03:00:00Z",
  shop: SHOP,
  version: 1,
};
const MINE: Mine = { balance: { currency: "JPY", available: 1000, held: 0, version: 1, lots: [] }, entries: [] };

const payments = (asked: readonly Asked[]): readonly Asked[] => asked.filter(({ path }) => path === "/api/v1/wallet/payments");

function atConfirm(amount: number | null): void {
  go("/pay/confirm", { given: { code: "0002…", read: { kind: amount === null ? "shop" : "charge", shop: SHOP, amount, expires_at: null } } });
}

beforeEach(() => {
  sessionStorage.clear();
  mine.value = MINE;
});

afterEach(() => {
  leaveStage();
  mine.value = null;
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test("the shop's amount is shown, and a double tap pays it once", async () => {
  const asked = playCity(() => ({ status: 201, body: RECEIPT }));
  atConfirm(520);
  await show(<Confirm />);
  const pay = button("520円をはらう");
  pay.click();
  pay.click();
  await settled();
  expect(payments(asked)).toHaveLength(1);
  expect(payments(asked)[0]?.body).toEqual({ code: "0002…" });
  expect(place.value.path).toBe("/pay/receipts/p1");
  expect(place.value.given).toMatchObject({ fresh: true });
});

test("the amount a person types goes with the shop's standing code", async () => {
  const asked = playCity(() => ({ status: 201, body: RECEIPT }));
  atConfirm(null);
  await show(<Confirm />);
  await press("はらう");
  expect(document.body.textContent).toContain("金額を入れてください。");
  await press("5", "2", "0", "520円をはらう");
  await settled();
  expect(payments(asked).map(({ body }) => body)).toEqual([{ code: "0002…", amount: 520 }]);
});

/** A city whose balance is asked for, and which takes every payment. */
const cityWith = (available: number) =>
  playCity(({ path }) => {
    if (path === "/api/v1/wallet/balance") return { status: 200, body: { ...MINE.balance, available, version: 2 } };
    if (path.startsWith("/api/v1/wallet/history")) return { status: 200, body: { results: [], next: null } };
    return { status: 201, body: RECEIPT };
  });

test("coins that came a moment ago are counted before anybody is sent away", async () => {
  const asked = cityWith(1500);
  atConfirm(1200);
  await show(<Confirm />);
  await press("1,200円をはらう");
  await settled();
  expect(payments(asked)).toHaveLength(1);
  expect(place.value.path).toBe("/pay/receipts/p1");
});

test("while it is being paid, news of the payment itself does not say that too little is left", async () => {
  let answer = (_response: Response): void => undefined;
  vi.stubGlobal("fetch", (path: string) =>
    path.endsWith("/quotes") ? Promise.resolve(new Response("{}")) : new Promise<Response>((done) => (answer = done)),
  );
  atConfirm(800);
  await show(<Confirm />);
  await press("800円をはらう");
  await settled(); // what it costs was asked first
  mine.value = { ...MINE, balance: { ...MINE.balance, available: 200, version: 2 } };
  await settled();
  expect(button("800円をはらう").getAttribute("aria-busy")).toBe("true");
  expect(document.body.textContent).not.toContain("チャージする");
  answer(new Response(JSON.stringify(RECEIPT), { status: 201 }));
  await settled();
  expect(place.value.path).toBe("/pay/receipts/p1");
});

test("more than there is, is said before anything is paid, with the way to top up", async () => {
  const asked = cityWith(1000);
  atConfirm(null);
  await show(<Confirm />);
  await press("1", "2", "00", "1,200円をはらう");
  await settled();
  expect(document.body.textContent).toContain("残高が200円足りません。");
  expect(button("チャージする").getAttribute("href")).toBe("/pay/top-up");
  expect(payments(asked)).toEqual([]);
});

test("a refusal keeps what was typed and says what to do", async () => {
  playCity(() => ({ status: 409, body: { code: "limit_per_day", title: "x" } }));
  atConfirm(null);
  await show(<Confirm />);
  await press("5", "00", "500円をはらう");
  await settled();
  expect(document.body.textContent).toContain("今日はらえる金額をこえています。");
  expect(button("500円をはらう").getAttribute("aria-busy")).toBeNull();
});

test("when the answer is lost, the truth is found out with the same key", async () => {
  let silent = true;
  const asked = playCity(({ path }) => {
    if (path === "/healthz") return { status: 200 };
    return silent ? "silence" : { status: 201, body: RECEIPT };
  });
  atConfirm(520);
  await show(<Confirm />);
  await press("520円をはらう");
  await settled();
  expect(place.value.path).toBe("/pay/checking");
  silent = false;
  await show(<Checking />);
  await settled();
  expect(place.value.path).toBe("/pay/receipts/p1");
  expect(new Set(payments(asked).map(({ key }) => key)).size).toBe(1);
  expect(payments(asked)).toHaveLength(2);
});

test("with a payment in doubt, another one cannot begin", async () => {
  playCity(({ path }) => (path === "/healthz" ? { status: 200 } : "silence"));
  atConfirm(520);
  await show(<Confirm />);
  await press("520円をはらう");
  await settled();
  atConfirm(100);
  await show(<Confirm />);
  await settled();
  expect(place.value.path).toBe("/pay/checking");
});

const QUOTE = {
  shop: SHOP,
  price: 1000,
  discount: 100,
  pays: 900,
  coupons: [{ coupon: "c1", title: "一割引き", title_en: "One tenth off", discount: 100, funded_by: "campaign" }],
  others: [],
};

/** A city that quotes, and answers payments one after the other. */
const quoting = (...answers: readonly { readonly status: number; readonly body: unknown }[]) => {
  let turn = 0;
  return playCity(({ path }) => {
    if (path === "/api/v1/wallet/quotes") return { status: 200, body: QUOTE };
    return answers[turn++] ?? { status: 500, body: {} };
  });
};

test("what coupons take off is shown before it is paid, and exactly that is asked for", async () => {
  const asked = quoting({ status: 201, body: { ...RECEIPT, amount: 900, discount: 100 } });
  atConfirm(1000);
  await show(<Confirm />);
  await press("1,000円をはらう");
  await settled();
  expect(payments(asked)).toHaveLength(0);
  expect(document.body.textContent).toContain("一割引き");
  await press("900円をはらう");
  await settled();
  expect(payments(asked).map(({ body }) => body)).toEqual([{ code: "0002…", coupons: [{ coupon: "c1", discount: 100 }] }]);
  expect(place.value.path).toBe("/pay/receipts/p1");
});

test("a quote that no longer holds is said, and asked for anew", async () => {
  const changed = { type: "/docs/problems#quote_changed", title: "変わりました", status: 409, code: "quote_changed" };
  const asked = quoting({ status: 409, body: changed });
  atConfirm(1000);
  await show(<Confirm />);
  await press("1,000円をはらう");
  await settled();
  await press("900円をはらう");
  await settled();
  expect(document.body.textContent).toContain("クーポンの条件が変わりました");
  expect(payments(asked)).toHaveLength(1);
});
