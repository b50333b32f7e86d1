import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Payout } from "../../api/payouts";
import type { Mine } from "../../live/wallet";
import { mine } from "../../state/wallet";
import { leaveStage, playCity, press, settled, show } from "../../test-stage";
import Payouts from "./Payouts";
import { stateWords, wrongField } from "./words";

const MINE = {
  balance: {
    currency: "JPY",
    available: 3500,
    held: 0,
    version: 1,
    lots: [
      { kind: "bonus", remaining: 500, expires_on: "2026-12-31" },
      { kind: "paid", remaining: 3000, expires_on: "2027-01-31" },
    ],
  },
  entries: [],
} as unknown as Mine;
const PAYOUT: Payout = {
  id: "p1",
  receipt_number: "ABCDE-FGHJK",
  state: "asked",
  way: "cash",
  amount: null,
  account_end: "",
  at: "2026-11-21T03:00:00Z",
  pay_on: null,
  answer: "",
};

beforeEach(() => {
  sessionStorage.clear();
  mine.value = MINE;
});

afterEach(() => {
  leaveStage();
  mine.value = null;
  vi.unstubAllGlobals();
});

test("paid coins are asked for once, bonus ones are said to stay, and the wish can be taken back", async () => {
  let payouts: readonly Payout[] = [];
  const asked = playCity(({ method, path }) => {
    if (method === "GET") return { status: 200, body: { results: payouts, next: null } };
    payouts = path.endsWith("withdraw") ? [{ ...PAYOUT, state: "withdrawn" }] : [PAYOUT];
    return { status: path.endsWith("withdraw") ? 200 : 201, body: payouts[0] };
  });
  const stage = await show(<Payouts />);
  await settled();
  expect(stage.textContent).toContain("3,000");
  expect(stage.textContent).toContain("500円分のボーナスは払い戻せません");
  await press("払戻しを申し込む");
  await settled();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ wish: "moving", bank: null });
  expect(stage.textContent).toContain("申し込みを受け付けました");
  expect(stage.textContent).toContain("ABCDE-FGHJK");
  await press("申し込みを取り下げる");
  await settled();
  expect(stage.textContent).toContain("取り下げました");
});

test("an account at a bank is asked for field by field before anything is sent", async () => {
  const asked = playCity(() => ({ status: 200, body: { results: [], next: null } }));
  const stage = await show(<Payouts />);
  await settled();
  stage.querySelector<HTMLInputElement>('input[value="bank"]')?.click();
  await settled();
  await press("払戻しを申し込む");
  await settled();
  expect(stage.querySelector('input[name="bank_code"]')?.getAttribute("aria-invalid")).toBe("true");
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(0);
});

test("each state has its words, and each field its rule", () => {
  expect(stateWords({ state: "approved", way: "cash" })).toBe("payout.is_approved_cash");
  expect(stateWords({ state: "approved", way: "bank" })).toBe("payout.is_approved_bank");
  const bank = { bank_code: "9902", branch_code: "001", number: "1234567", holder: "ヤマダ" };
  expect(wrongField(bank)).toBeNull();
  expect(wrongField({ ...bank, branch_code: "1" })).toBe("branch_code");
  expect(wrongField({ ...bank, number: "12345678" })).toBe("number");
  expect(wrongField({ ...bank, holder: " " })).toBe("holder");
});
