import { expect, test } from "vitest";
import type { Settlement } from "../../api/settlements";
import { REASON_WORDS, STATE_WORDS, sumsOf } from "./words";

const one: Settlement = {
  id: "1", cut_off_on: "2026-11-15", since: "", until: "", pay_on: "2026-11-24", gross: 17_345, refunds: 345, carried_in: 0,
  returned_in: 0, fee: 170, cash: 0, net: 16_830, carried_out: 0, state: "booked", reason: "", organisation_id: "2",
};

test("a period's sums add up to what is transferred", () => {
  const sums = sumsOf(one);
  expect(sums.map(([word]) => word)).toEqual(["settle.gross", "settle.refunds", "settle.fee", "settle.net"]);
  const net = sums.slice(0, -1).reduce((sum, [, amount]) => sum + amount, 0);
  expect(net).toBe(one.net);
});

test("what is carried on says why", () => {
  expect(REASON_WORDS["below_least"]).toBe("settle.below_least");
  expect(REASON_WORDS["something new"]).toBeUndefined();
  expect(STATE_WORDS.carried).toBe("settle.carried");
});
