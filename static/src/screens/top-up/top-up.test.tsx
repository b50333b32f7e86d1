import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go, place } from "../../app/router";
import type { BankTransferWay, CardTopUp } from "../../api/types";
import type { Mine } from "../../live/wallet";
import { coin, mine } from "../../state/wallet";
import { button, leaveStage, playCity, press, settled, show, until } from "../../test-stage";
import Amount from "./Amount";
import Result from "./Result";
import Transfer from "./Transfer";
import Ways from "./Ways";
import { chips, refusedWords } from "./words";

const MINE: Mine = { balance: { currency: "JPY", available: 1000, held: 0, version: 1, lots: [] }, entries: [] } as unknown as Mine;
const COIN = { code: "c", name: "コイン", currency: "JPY", limits: { per_payment: 50_000, per_day: 100_000, balance: 300_000 } };
const WAYS = { methods: ["card", "konbini"], least: 500, most: 50_000, transfer: true };
const TOP_UP: CardTopUp = {
  id: "t1",
  method: "card",
  status: "open",
  amount: 3000,
  currency: "JPY",
  url: "https://pay.example/cs_1",
  pay_by: "2026-11-21T04:00:00Z",
  refused: "",
  refunded: 0,
  receipt_number: null,
  started_at: "2026-11-21T03:00:00Z",
  version: 2,
  premium: null,
};

const assign = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  mine.value = MINE;
  coin.value = COIN;
  assign.mockReset();
  vi.spyOn(window.location, "assign").mockImplementation(assign);
});

afterEach(() => {
  leaveStage();
  mine.value = null;
  coin.value = null;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const cityOf = (topUp: Partial<CardTopUp>) =>
  playCity(({ path }) => {
    if (path.endsWith("top_up_ways")) return { status: 200, body: WAYS };
    if (path.endsWith("voucher"))
      return { status: 200, body: { pay_by: TOP_UP.pay_by, url: "", numbers: [{ store: "lawson", payment_code: "12345678901", confirmation_number: "0987654321" }] } };
    if (path.includes("?limit")) return { status: 200, body: { results: [], next: null } };
    return { status: path.endsWith("card_top_ups") ? 201 : 200, body: { ...TOP_UP, ...topUp } };
  });

test("a chip chooses the amount, one tap leaves for the card company, and a double tap begins once", async () => {
  const asked = cityOf({});
  go("/pay/top-up/by/card");
  await show(<Amount values={{ method: "card" }} />);
  await settled();
  await press("3,000円");
  const main = button("3,000円をカードでチャージする");
  main.click();
  main.click();
  await settled();
  const begun = asked.filter(({ path }) => path === "/api/v1/wallet/card_top_ups");
  expect(begun).toHaveLength(1);
  expect(begun[0]?.body).toEqual({ amount: 3000, method: "card" });
  expect(assign).toHaveBeenCalledWith("https://pay.example/cs_1");
});

test("an amount outside of the range is said at the amount, and nothing is begun", async () => {
  const asked = cityOf({});
  await show(<Amount values={{ method: "card" }} />);
  await settled();
  await press("1", "00", "100円をカードでチャージする");
  expect(document.body.textContent).toContain("500円から50,000円までの金額を入れてください。");
  expect(asked.filter(({ path }) => path.endsWith("card_top_ups"))).toHaveLength(0);
});

test("an earlier try whose answer got lost is shown instead of paying it unseen", async () => {
  cityOf({ amount: 5000 });
  go("/pay/top-up/by/card");
  await show(<Amount values={{ method: "card" }} />);
  await settled();
  await press("3,000円", "3,000円をカードでチャージする");
  await settled();
  expect(assign).not.toHaveBeenCalled();
  expect(place.value.path).toBe("/pay/top-up/t1");
});

test("nobody is sent to a page without https elsewhere", async () => {
  cityOf({ url: "javascript:alert(1)" });
  await show(<Amount values={{ method: "card" }} />);
  await settled();
  await press("3,000円", "3,000円をカードでチャージする");
  await settled();
  expect(assign).not.toHaveBeenCalled();
});

test("a declined card says why and leads back", async () => {
  cityOf({ refused: "insufficient_funds" });
  await show(<Result values={{ id: "t1" }} />);
  await settled();
  expect(document.body.textContent).toContain("カードの利用可能額が足りません。");
  await press("カードの画面へもどる");
  expect(assign).toHaveBeenCalledWith("https://pay.example/cs_1");
});

test("the numbers for the store stand there while it waits", async () => {
  cityOf({ method: "konbini", status: "waiting" });
  await show(<Result values={{ id: "t1" }} />);
  await until(() => document.body.textContent?.includes("ローソン") === true);
  expect(document.body.textContent).toContain("1234 5678 901");
});

test("a paid top-up says so and leads to paying", async () => {
  cityOf({ status: "paid", receipt_number: "AB12-CD34", url: null });
  await show(<Result values={{ id: "t1" }} />);
  await settled();
  expect(document.body.textContent).toContain("チャージしました");
  expect(document.body.textContent).toContain("AB12-CD34");
});

test("a city without cards offers the counter alone", async () => {
  playCity(({ path }) => ({ status: 200, body: path.includes("ways") ? { ...WAYS, methods: [] } : { results: [], next: null } }));
  await show(<Ways />);
  await settled();
  expect(document.body.textContent).not.toContain("コンビニ");
  expect(document.body.textContent).toContain("市役所の窓口・お店");
});

test("only what may be topped up at once is offered", () => {
  expect(chips(500, 5000)).toEqual([1000, 3000, 5000]);
  expect(chips(0, 0)).toEqual([]);
  expect(refusedWords("a word of theirs")).toBe("topup.refused");
});

const ACCOUNT: BankTransferWay["account"] = {
  bank_code: "9901",
  bank_name: "見本",
  branch_code: "001",
  branch_name: "本店",
  account_type: "1",
  number: "0000001",
  holder: "ﾐﾎﾝｼ",
};

test("a transfer code is asked for once, shown in fours and copied, and the city's account beside it", async () => {
  const asked = playCity(({ method }) => ({ status: 200, body: { account: ACCOUNT, code: method === "POST" ? "12345678" : null, most: 300_000 } }));
  const copied = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { ...window.navigator, clipboard: { writeText: copied } });
  const stage = await show(<Transfer />);
  await settled();
  expect(stage.textContent).toContain("0000001");
  await press("番号をもらう");
  await settled();
  expect(stage.textContent).toContain("1234 5678");
  expect(asked.map(({ method }) => method)).toEqual(["GET", "POST"]);
  await press("番号をコピーする");
  await settled();
  expect(copied).toHaveBeenCalledWith("12345678");
});

test("the transfer stands among the ways where the city takes it", async () => {
  cityOf({});
  const stage = await show(<Ways />);
  await settled();
  expect(stage.textContent).toContain("銀行振込・ATM");
});
