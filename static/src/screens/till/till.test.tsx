import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Charge, Me, Receipt } from "../../api/types";
import { go, place } from "../../app/router";
import { session } from "../../state/session";
import { button, leaveStage, playCity, press, settled, show, type Asked } from "../../test-stage";
import { draft } from "./draft";
import { news } from "./live";
import { playFeed, tells, TICKET } from "./played-feed";
import { ChargeShown, Desk, ReceiptPage, RefundPage, Shops, Take } from "./rooms";

const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", organisation_id: "o1", may: ["charge", "refund", "top_up"] };
const ME = { resident_id: "r1", display_name: "", language: "ja", organisations: [], roles: [] } as unknown as Me;
const W = "/api/v1/wallet";

const receipt = (change: Partial<Receipt> = {}): Receipt => ({
  id: "p1",
  receipt_number: "R-1",
  status: "paid",
  amount: 500,
  discount: 0, refunded: 0,
  currency: "JPY",
  paid_at: new Date().toISOString(),
  shop: { id: "s1", name: "くま川商店", name_en: "Kumagawa" },
  version: 1,
  ...change,
});
const charge = (change: Partial<Charge> = {}): Charge => ({
  id: "c1",
  code: "000201",
  amount: 500,
  expires_at: new Date(Date.now() + 300_000).toISOString(),
  status: "open",
  number: "1234 5678 90",
  payment_id: null,
  ...change,
});

type Answer = { readonly status: number; readonly body?: unknown } | "silence";
let held: readonly Receipt[] = [];
let answers: Record<string, (asked: Asked) => Answer> = {};
let asked: readonly Asked[] = [];

const posts = (path: string): readonly Asked[] => asked.filter((each) => each.method === "POST" && each.path === W + path);
const text = (): string => document.body.textContent ?? "";
const paid = async (told: Receipt): Promise<void> => {
  await tells("payment.changed", { receipt: told });
  await settled();
};
const key = async (name: string): Promise<void> => {
  await act(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
  });
  await settled();
};

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  held = [];
  draft.value = "";
  playFeed(() => ({ payments: held }));
  answers = {
    [`GET ${W}/shops`]: () => ({ status: 200, body: { results: [SHOP] } }),
    [`GET ${W}/shops/s1/payments`]: () => ({ status: 200, body: { results: held, next: null } }),
    "POST /api/v1/realtime/tickets": () => TICKET,
  };
  asked = playCity((one) => answers[`${one.method} ${one.path}`]?.(one) ?? { status: 404, body: { code: "not_found" } });
  session.value = { kind: "in", me: ME };
});

afterEach(() => {
  leaveStage();
  go("/");
  session.value = { kind: "out" };
  vi.unstubAllGlobals();
});

test("with one shop the till opens without asking; with none it says what to do", async () => {
  go("/till");
  await show(<Shops />);
  await settled();
  expect(place.value.path).toBe("/till/s1");

  session.value = { kind: "out" };
  session.value = { kind: "in", me: ME };
  answers[`GET ${W}/shops`] = () => ({ status: 200, body: { results: [] } });
  go("/till");
  await show(<Shops />);
  await settled();
  expect(text()).toContain("お店の責任者に、あなたをレジの係として登録してもらってください。");
  expect(button("ホームへ").getAttribute("href")).toBe("/");
});

test("a shopkeeper types 500 on the keyboard, shows the code, and hears and sees it paid", async () => {
  answers[`POST ${W}/shops/s1/charges`] = () => ({ status: 201, body: charge() });
  answers[`GET ${W}/charges/c1`] = () => ({ status: 200, body: charge() });
  go("/till/s1");
  await show(<Desk values={{ shop: "s1" }} />);
  await settled();
  for (const digit of "500") await key(digit);
  await key("Enter");
  await key("Enter");
  expect(posts("/shops/s1/charges").map(({ body }) => body)).toEqual([{ amount: 500 }]);
  expect(place.value.path).toBe("/till/s1/charges/c1");

  await show(<ChargeShown values={{ shop: "s1", id: "c1" }} />);
  await settled();
  expect(document.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("500円を支払うためのコード");
  expect(text()).toContain("1234 5678 90");

  answers[`GET ${W}/charges/c1`] = () => ({ status: 200, body: charge({ status: "paid", payment_id: "p1" }) });
  await paid(receipt());
  const said = [...document.querySelectorAll("[role=alert]")].map((each) => each.textContent);
  expect(said).toContain("500円、支払われました");
  expect(button("明細を見る").getAttribute("href")).toBe("/till/s1/payments/p1");
  expect(news.value).toBeNull();
  expect(draft.value).toBe("");
});

test("while a code is shown, a payment by the code on the counter is told as what it is", async () => {
  answers[`GET ${W}/charges/c1`] = () => ({ status: 200, body: charge() });
  go("/till/s1/charges/c1", { given: { charge: charge() } });
  await show(<ChargeShown values={{ shop: "s1", id: "c1" }} />);
  await settled();
  await paid(receipt({ id: "other" }));
  expect(news.value?.id).toBe("other");
  expect(text()).toContain("この会計をやめる");
});

test("a charge that was paid in the moment of cancelling is paid", async () => {
  answers[`POST ${W}/charges/c1/cancel`] = () => {
    answers[`GET ${W}/charges/c1`] = () => ({ status: 200, body: charge({ status: "paid", payment_id: "p1" }) });
    return { status: 409, body: { code: "code_used" } };
  };
  answers[`GET ${W}/charges/c1`] = () => ({ status: 200, body: charge() });
  go("/till/s1/charges/c1", { given: { charge: charge() } });
  await show(<ChargeShown values={{ shop: "s1", id: "c1" }} />);
  await settled();
  await press("この会計をやめる");
  await settled();
  expect(text()).toContain("支払われました");
  expect(text()).not.toContain("このコードはもう使われています");
});

async function readCustomer(): Promise<void> {
  go("/till/s1/take?amount=500");
  await show(<Take values={{ shop: "s1" }} />);
  await settled();
  const box = document.querySelector<HTMLInputElement>("input[name=code-number]");
  if (!box) throw new Error("no field for the number");
  await act(() => {
    box.value = "123456789012";
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await act(() => box.form?.requestSubmit());
  await settled();
}

test("the customer's code is read and taken once, however often the button is pressed", async () => {
  answers[`POST ${W}/shops/s1/payments`] = () => ({ status: 201, body: receipt() });
  await readCustomer();
  const take = button("500円を受け取る");
  take.click();
  take.click();
  await settled();
  expect(posts("/shops/s1/payments").map(({ body }) => body)).toEqual([{ customer_code: "123456789012", amount: 500 }]);
  expect(text()).toContain("支払われました");
  await paid(receipt());
  expect(news.value).toBeNull();
});

test("when the answer is lost the till says so, and finds out with the same key", async () => {
  answers[`POST ${W}/shops/s1/payments`] = () => "silence";
  await readCustomer();
  await press("500円を受け取る");
  await settled();
  expect(text()).toContain("500円が二重に動くことはありません。");
  answers[`POST ${W}/shops/s1/payments`] = () => ({ status: 201, body: receipt() });
  await press("いま確かめる");
  await settled();
  expect(text()).toContain("支払われました");
  expect(new Set(posts("/shops/s1/payments").map((each) => each.key)).size).toBe(1);
});

test("a doubt about money is the first thing the till shows when it is opened again", async () => {
  answers[`POST ${W}/shops/s1/payments`] = () => "silence";
  await readCustomer();
  await press("500円を受け取る");
  await settled();
  go("/till/s1");
  await show(<Desk values={{ shop: "s1" }} />);
  await settled();
  expect(text()).toContain("500円の操作の途中で、つながりが切れました。");
  expect(button("いま確かめる").getAttribute("href")).toBe("/till/s1/take");
});

test("a balance too low is said in the shop's words, with the way to another amount", async () => {
  answers[`POST ${W}/shops/s1/payments`] = () => ({ status: 409, body: { code: "insufficient_funds" } });
  await readCustomer();
  await press("500円を受け取る");
  await settled();
  expect(text()).toContain("お客さまの残高が足りません。");
  expect(text()).toContain("お金は動いていません。");
  expect(button("金額を変える").className).toContain("button-main");
});

test("a payment is refunded in part after one last question, and the list knows", async () => {
  held = [receipt()];
  const back = receipt({ status: "partly_refunded", refunded: 200, version: 2 });
  answers[`GET ${W}/payments/p1`] = () => ({ status: 200, body: receipt() });
  answers[`POST ${W}/payments/p1/refunds`] = () => ({ status: 201, body: back });
  go("/till/s1/payments/p1/refund");
  await show(<RefundPage values={{ shop: "s1", id: "p1" }} />);
  await settled();
  expect(button("500円を返金する")).toBeTruthy();
  await press("2", "00", "200円を返金する");
  expect(posts("/payments/p1/refunds")).toEqual([]);
  expect(text()).toContain("返金はやり直せません。");
  const last = [...document.querySelectorAll<HTMLElement>("dialog button")].find((each) => each.textContent === "200円を返金する");
  await act(() => last?.click());
  await settled();
  expect(posts("/payments/p1/refunds").map(({ body }) => body)).toEqual([{ amount: 200 }]);
  expect(text()).toContain("200円を返金しました");

  await show(<ReceiptPage values={{ shop: "s1", id: "p1" }} />);
  await settled();
  expect(text()).toContain("一部返金");
  expect(text()).not.toContain("まるごと取り消す");
});
