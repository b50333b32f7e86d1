import type { Payout } from "../../api/payouts";
import type { TextKey } from "../../i18n";

/** Not finished yet: as long as one of these is there, another cannot be asked for. */
export const UNDER_WAY: ReadonlySet<Payout["state"]> = new Set(["asked", "opened", "approved", "written"]);

const STATES: Readonly<Record<Payout["state"], TextKey>> = {
  asked: "payout.is_asked",
  opened: "payout.is_opened",
  approved: "payout.is_approved_bank",
  written: "payout.is_written",
  paid: "payout.is_paid",
  returned: "payout.is_returned",
  refused: "payout.is_refused",
  withdrawn: "payout.is_withdrawn",
};

/** This function will say how a payout stands; what is approved in cash waits for its person. */
export function stateWords({ state, way }: Pick<Payout, "state" | "way">): TextKey {
  return state === "approved" && way === "cash" ? "payout.is_approved_cash" : STATES[state];
}

/** This function will say which of the bank's fields is missing or wrong, by its name; null where none is. */
export function wrongField(bank: Readonly<Record<"bank_code" | "branch_code" | "number" | "holder", string>>): keyof typeof bank | null {
  if (!/^[0-9]{4}$/u.test(bank.bank_code)) return "bank_code";
  if (!/^[0-9]{3}$/u.test(bank.branch_code)) return "branch_code";
  if (!/^[0-9]{1,7}$/u.test(bank.number)) return "number";
  return bank.holder.trim() === "" ? "holder" : null;
}
