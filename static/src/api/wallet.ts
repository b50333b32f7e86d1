import { ask } from "./http";
import type { AskedCoupon } from "./coupons";
import { intents } from "./intents";
import type { Balance, Charge, Coin, CustomerCode, Entry, Hold, Page, ReadCode, Receipt, ShopCode, TillShop, TopUp } from "./types";

const WALLET = "/api/v1/wallet";
const query = (cursor: string | null): string => (cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`);

export const readCoin = (): Promise<Coin> => ask("GET", `${WALLET}/coin`);
export const readBalance = (): Promise<Balance> => ask("GET", `${WALLET}/balance`);
export const readHistory = (cursor: string | null): Promise<Page<Entry>> => ask("GET", `${WALLET}/history${query(cursor)}`);

/** This function will ask the city what a code means; names and amounts inside the code itself are not believed. */
export const readCode = (payload: string): Promise<ReadCode> => ask("POST", `${WALLET}/codes/read`, { body: { payload } });
export const readReceipt = (id: string): Promise<Receipt> => ask("GET", `${WALLET}/payments/${id}`);
export const newCustomerCode = (): Promise<CustomerCode> => ask("POST", `${WALLET}/customer_codes`);

/** The names under which intentions are kept: one payment at a time for a person, one of each deed for a till. */
export const PAYMENT = "payment";

/** This function will pay once, however often it is called before the outcome is known; with coupons, exactly what was quoted. */
export function pay(code: string, amount: number | null, coupons: readonly AskedCoupon[] = []): Promise<Receipt> {
  const price = amount === null ? { code } : { code, amount };
  return intents.send(PAYMENT, `${WALLET}/payments`, coupons.length ? { ...price, coupons } : price);
}

export const myShops = (): Promise<{ results: readonly TillShop[] }> => ask("GET", `${WALLET}/shops`);
export const shopCode = (shop: string): Promise<ShopCode> => ask("GET", `${WALLET}/shops/${shop}/code`);
export const readCharge = (id: string): Promise<Charge> => ask("GET", `${WALLET}/charges/${id}`);
export const cancelCharge = (id: string): Promise<Charge> => ask("POST", `${WALLET}/charges/${id}/cancel`);
export const shopPayments = (shop: string, cursor: string | null): Promise<Page<Receipt>> =>
  ask("GET", `${WALLET}/shops/${shop}/payments${query(cursor)}`);

export const openCharge = (shop: string, amount: number): Promise<Charge> =>
  intents.send(`till.charge.${shop}`, `${WALLET}/shops/${shop}/charges`, { amount });
export const chargeCustomer = (
  shop: string,
  customerCode: string,
  amount: number,
  coupons: readonly AskedCoupon[] = [],
): Promise<Receipt> =>
  intents.send(`till.payment.${shop}`, `${WALLET}/shops/${shop}/payments`, {
    customer_code: customerCode,
    amount,
    ...(coupons.length ? { coupons } : {}),
  });
export const topUp = (shop: string, customerCode: string, amount: number): Promise<TopUp> =>
  intents.send(`till.top_up.${shop}`, `${WALLET}/shops/${shop}/top_ups`, { customer_code: customerCode, amount });
/** The officer's own door: no shop stands behind it. */
export const COUNTER_TOP_UP = "counter.top_up";
export const counterTopUp = (customerCode: string, amount: number): Promise<TopUp> =>
  intents.send(COUNTER_TOP_UP, `${WALLET}/top_ups`, { customer_code: customerCode, amount });
export const hold = (shop: string, customerCode: string, amount: number): Promise<Hold> =>
  intents.send(`till.hold.${shop}`, `${WALLET}/shops/${shop}/holds`, { customer_code: customerCode, amount });
export const openHolds = (shop: string): Promise<Page<Hold>> => ask("GET", `${WALLET}/shops/${shop}/holds?limit=200`);
export const readHold = (id: string): Promise<Hold> => ask("GET", `${WALLET}/holds/${id}`);
export const captureHold = (id: string, amount: number): Promise<Receipt> =>
  intents.send(`till.capture.${id}`, `${WALLET}/holds/${id}/capture`, { amount });
export const releaseHold = (id: string): Promise<Hold> =>
  intents.send(`till.release.${id}`, `${WALLET}/holds/${id}/release`, {});
export const refund = (payment: string, amount: number): Promise<Receipt> =>
  intents.send(`till.refund.${payment}`, `${WALLET}/payments/${payment}/refunds`, { amount });
export const voidPayment = (payment: string): Promise<Receipt> =>
  intents.send(`till.void.${payment}`, `${WALLET}/payments/${payment}/void`, {});
