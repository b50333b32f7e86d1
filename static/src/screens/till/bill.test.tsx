import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Order } from "../../api/orders";
import type { Me } from "../../api/types";
import { go, place } from "../../app/router";
import { session } from "../../state/session";
import { button, leaveStage, playCity, press, settled, show, type as fill, until, type Asked } from "../../test-stage";
import { playFeed, tells, TICKET } from "./played-feed";
import { BillPage, OrderRefundPage, TillOrder, TillOrders } from "./rooms";

const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", organisation_id: "o1", may: ["charge", "refund"] };
const ME = { resident_id: "r1", display_name: "", language: "ja", organisations: [], roles: [] } as unknown as Me;
const W = "/api/v1/wallet";
const NONE = { discount: 0, coin: 0, card: 0 };
const OPEN: Order = {
  id: "b1", receipt_number: "ABCDE-FGH23", shop: SHOP, source: "till", status: "open", delivery: "none", mode: "pay",
  methods: ["coin"], total: 1000, currency: "JPY",
  lines: [
    { number: 1, name: "茶", name_en: "Tea", quantity: 2, unit_price: 400, amount: 800, product: "", taken: 0, refunded: 0 },
    { number: 2, name: "菓子", name_en: "Sweets", quantity: 1, unit_price: 200, amount: 200, product: "", taken: 0, refunded: 0 },
  ],
  paying: null, refunds: [], placed_at: new Date().toISOString(), expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  held_until: null, ended_at: null, link: "https://machi.example/pay/orders/b1#token", version: 1,
};
const PAID: Order = {
  ...OPEN, status: "paid", delivery: "delivered", link: null, version: 2, ended_at: new Date().toISOString(),
  lines: OPEN.lines.map((line) => ({ ...line, taken: line.amount })),
  paying: { method: "coin", status: "paid", tenders: { ...NONE, coin: 1000 }, taken: { ...NONE, coin: 1000 }, refunded: NONE, url: null, refused: "" },
};
const HELD: Order = { ...OPEN, status: "held", mode: "hold", link: null, version: 2, held_until: OPEN.expires_at, paying: { ...PAID.paying!, status: "held", taken: NONE } };

let known: Order;
let refunds: "given" | "silence" | "out";
let asked: readonly Asked[];
const text = (): string => document.body.textContent ?? "";
const posts = (end: string): readonly unknown[] => asked.filter(({ method, path }) => method === "POST" && path === W + end).map(({ body }) => body);

beforeEach(() => {
  sessionStorage.clear();
  known = OPEN;
  refunds = "given";
  playFeed(() => ({ payments: [], orders: [] }));
  asked = playCity(({ method, path }) => {
    const one = `${method} ${path}`;
    if (one === `GET ${W}/shops`) return { status: 200, body: { results: [SHOP] } };
    if (one === `GET ${W}/shops/s1/orders`) return { status: 200, body: { results: [known], next: null } };
    if (one === `POST ${W}/shops/s1/orders`) return { status: 201, body: OPEN };
    if (one === `GET ${W}/orders/b1`) return { status: 200, body: known };
    if (one === `POST ${W}/orders/b1/refunds` && refunds === "silence") return "silence";
    if (one === `POST ${W}/orders/b1/refunds` && refunds === "out") return { status: 401, body: { code: "not_signed_in" } };
    if (one === `POST ${W}/orders/b1/refunds`) return { status: 201, body: { ...PAID, version: 3 } };
    if (one === `POST ${W}/orders/b1/capture`) return { status: 201, body: { ...PAID, version: 3 } };
    if (one === "POST /api/v1/realtime/tickets") return TICKET;
    if (path.endsWith("/payments")) return { status: 200, body: { results: [], next: null } };
    return { status: 404, body: { code: "not_found" } };
  });
  session.value = { kind: "in", me: ME };
});

afterEach(() => {
  leaveStage();
  go("/");
  session.value = { kind: "out" };
  vi.unstubAllGlobals();
});

test("lines are typed one by one, a missing price stands at its field, and the bill is shown", async () => {
  go("/till/s1/orders/new");
  await show(<BillPage values={{ shop: "s1" }} />);
  await settled();
  await fill("品名", "茶");
  await press("行を足す");
  expect(text()).toContain("値段を1以上の整数で入れてください。");
  await fill("1つの値段（円）", "400");
  await fill("数", "2");
  await press("行を足す");
  await fill("品名", "菓子");
  await fill("1つの値段（円）", "200");
  await press("1,000円の明細を見せる");
  await settled();
  expect(posts("/shops/s1/orders")).toEqual([
    { lines: [{ name: "茶", unit_price: 400, quantity: 2 }, { name: "菓子", unit_price: 200, quantity: 1 }] },
  ]);
  expect(place.value.path).toBe("/till/s1/orders/b1");
});

test("the bill's code stands until the city says that it is paid: seen and heard at once", async () => {
  go("/till/s1/orders/b1");
  await show(<TillOrder values={{ shop: "s1", id: "b1" }} />);
  await until(() => text().includes("茶"));
  expect(document.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("1,000円の明細を開くためのコード");
  await tells("order.changed", { order: PAID });
  await settled();
  const said = [...document.querySelectorAll("[role=alert]")].map((each) => each.textContent);
  expect(said).toContain("1,000円、支払われました");
});

const giveBackTheSweets = async (): Promise<void> => {
  const boxes = document.querySelectorAll<HTMLInputElement>("input[type=checkbox]");
  await act(() => boxes[1]?.click());
  await press(/^200円を返金する$/);
  await settled();
  const confirm = [...document.querySelectorAll<HTMLElement>("dialog button, .sheet button")].find((each) => each.textContent?.includes("200円を返金する"));
  await act(() => confirm?.click());
  await settled();
};

test("lines are chosen and given back once", async () => {
  known = PAID;
  go("/till/s1/orders/b1/refund");
  await show(<OrderRefundPage values={{ shop: "s1", id: "b1" }} />);
  await until(() => text().includes("茶"));
  await press("返金する");
  expect(text()).toContain("返金する行を選んでください。");
  await giveBackTheSweets();
  expect(posts("/orders/b1/refunds")).toEqual([{ lines: [{ number: 2, amount: 200 }] }]);
  expect(text()).toContain("200円");
});

test("a refund whose answer was lost is asked about; who is signed out meanwhile learns it by signing in", async () => {
  known = PAID;
  refunds = "silence";
  go("/till/s1/orders/b1/refund");
  await show(<OrderRefundPage values={{ shop: "s1", id: "b1" }} />);
  await until(() => text().includes("茶"));
  await giveBackTheSweets();
  expect(text()).toContain("結果がまだ分からない操作があります");
  refunds = "out";
  await press("もう一度ためす");
  await settled();
  expect(text()).not.toContain("結果がまだ分からない操作があります");
  expect(button("サインインして確かめる").getAttribute("href")).toBe("/sign-in?next=%2Ftill%2Fs1%2Forders%2Fb1%2Frefund");
});

test("what is held can be taken or let go", async () => {
  known = HELD;
  go("/till/s1/orders/b1");
  await show(<TillOrder values={{ shop: "s1", id: "b1" }} />);
  await until(() => text().includes("茶"));
  expect(button("1,000円を受け取る")).toBeTruthy();
  expect(button("取り置きをやめる")).toBeTruthy();
});

test("the list leads to each order", async () => {
  known = PAID;
  go("/till/s1/orders");
  await show(<TillOrders values={{ shop: "s1" }} />);
  await until(() => text().includes("茶"));
  expect(document.querySelector("a[href='/till/s1/orders/b1']")?.textContent).toContain("茶");
});
