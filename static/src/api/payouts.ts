/** Paying coins out: asking for it, how it stands, and taking the wish back. */
import { ask } from "./http";
import { intents } from "./intents";
import type { Page } from "./types";

const ROOT = "/api/v1/wallet/payouts";

export interface Payout {
  readonly id: string;
  readonly receipt_number: string;
  readonly state: "asked" | "opened" | "approved" | "written" | "paid" | "returned" | "refused" | "withdrawn";
  readonly way: "cash" | "bank";
  readonly amount: number | null;
  readonly account_end: string;
  readonly at: string;
  readonly pay_on: string | null;
  readonly answer: string;
}

export interface PayoutBank {
  readonly bank_code: string;
  readonly branch_code: string;
  readonly account_type: "1" | "2" | "4";
  readonly number: string;
  readonly holder: string;
}

export type PayoutWish = "moving" | "other";

export const myPayouts = (): Promise<Page<Payout>> => ask("GET", `${ROOT}?limit=10`);
/** This function will ask for one payout, however often it is called before the outcome is known. */
export const askPayout = (wish: PayoutWish, bank: PayoutBank | null): Promise<Payout> => intents.send("payout", ROOT, { wish, bank });
export const withdrawPayout = (id: string): Promise<Payout> => intents.send(`payout.withdraw.${id}`, `${ROOT}/${id}/withdraw`, {});
