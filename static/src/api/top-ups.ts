/** Topping up from where one stands: by card and at convenience stores. */
import { ask } from "./http";
import { intents } from "./intents";
import type { BankTransferWay, CardMethod, CardTopUp, Page, TopUpWays, Voucher } from "./types";

const ROOT = "/api/v1/wallet/card_top_ups";
/** The name under which the intention is kept: one top-up at a time. */
export const CARD_TOP_UP = "card_top_up";

export const readTopUpWays = (): Promise<TopUpWays> => ask("GET", "/api/v1/wallet/top_up_ways");
export const recentCardTopUps = (): Promise<Page<CardTopUp>> => ask("GET", `${ROOT}?limit=10`);
export const readCardTopUp = (id: string): Promise<CardTopUp> => ask("GET", `${ROOT}/${id}`);
/** This function will let the city ask the card company; what was paid is booked then. */
export const lookAtCardTopUp = (id: string): Promise<CardTopUp> => ask("POST", `${ROOT}/${id}/look`);
export const giveUpCardTopUp = (id: string): Promise<CardTopUp> => ask("POST", `${ROOT}/${id}/give_up`);
export const readVoucher = (id: string): Promise<Voucher> => ask("GET", `${ROOT}/${id}/voucher`);

const TRANSFER = "/api/v1/wallet/bank_transfer";
export const readBankTransfer = (): Promise<BankTransferWay> => ask("GET", TRANSFER);
/** This function will ask for the digits before one's name; whoever has them gets the same again. */
export const giveTransferCode = (): Promise<BankTransferWay> => ask("POST", TRANSFER);

/** This function will begin one top-up, however often it is called before the outcome is known. */
export function beginCardTopUp(amount: number, method: CardMethod): Promise<CardTopUp> {
  return intents.send(CARD_TOP_UP, ROOT, { amount, method });
}
