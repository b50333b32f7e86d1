import type { Settlement } from "../../api/settlements";

export const STATE_WORDS = {
  planned: "settle.planned",
  booked: "settle.booked",
  paid: "settle.paid",
  carried: "settle.carried",
  withheld: "settle.withheld",
  returned: "settle.returned",
} as const;

const REASONS = {
  below_least: "settle.below_least",
  no_account: "settle.no_account",
  account_returned: "settle.account_returned",
  bank_ended: "settle.bank_ended",
  cash_owed: "settle.cash_owed",
  short: "settle.short",
  withdrawn: "settle.withdrawn",
} as const;

/** Why nothing was transferred, or what is wrong; a reason that this phone does not know yet says nothing. */
export const REASON_WORDS: Readonly<Record<string, (typeof REASONS)[keyof typeof REASONS] | undefined>> = REASONS;

type Word =
  | "settle.gross"
  | "settle.refunds"
  | "settle.carried_in"
  | "settle.returned_in"
  | "settle.fee"
  | "settle.cash"
  | "settle.net"
  | "settle.carried_out";

/** The sums of a period in the order in which they are reckoned; those of nothing are left out, except what came in. */
export function sumsOf(one: Settlement): readonly (readonly [Word, number])[] {
  const all: readonly (readonly [Word, number])[] = [
    ["settle.gross", one.gross],
    ["settle.refunds", -one.refunds],
    ["settle.carried_in", one.carried_in],
    ["settle.returned_in", one.returned_in],
    ["settle.fee", -one.fee],
    ["settle.cash", -one.cash],
    ["settle.carried_out", -one.carried_out],
    ["settle.net", one.net],
  ];
  return all.filter(([word, amount]) => amount !== 0 || word === "settle.gross" || word === "settle.net");
}
