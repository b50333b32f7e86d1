/** Orders, word for word as the city's HTTP API gives them. Amounts are whole yen. */
import type { AskedCoupon, Quote } from "./coupons";
import { ask } from "./http";
import { intents } from "./intents";
import type { Page, ShopName } from "./types";

const WALLET = "/api/v1/wallet";

export type OrderMethod = "coin" | "card" | "mixed";
export type OrderStatus = "open" | "held" | "paid" | "cancelled" | "expired";

export interface OrderLine {
  readonly number: number;
  readonly name: string;
  readonly name_en: string;
  readonly quantity: number;
  readonly unit_price: number;
  readonly amount: number;
  readonly product: string;
  readonly taken: number;
  readonly refunded: number;
}

export interface Tenders {
  readonly discount: number;
  readonly coin: number;
  readonly card: number;
}

export interface OrderPaying {
  readonly method: OrderMethod;
  readonly status: "begun" | "held" | "capturing" | "ended" | "paid";
  readonly tenders: Tenders;
  readonly taken: Tenders;
  readonly refunded: Tenders;
  readonly url: string | null;
  readonly refused: string;
}

export interface OrderRefund {
  readonly receipt_number: string;
  readonly amount: number;
  readonly parts: Tenders;
  readonly reason: "shop" | "undelivered";
  readonly card_state: "none" | "asked" | "done" | "failed";
  readonly at: string;
}

export interface Order {
  readonly id: string;
  readonly receipt_number: string;
  readonly shop: ShopName;
  readonly source: string;
  readonly status: OrderStatus;
  readonly delivery: "none" | "waiting" | "delivered" | "failed";
  readonly mode: "pay" | "hold";
  readonly methods: readonly OrderMethod[];
  readonly total: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly paying: OrderPaying | null;
  readonly refunds: readonly OrderRefund[];
  readonly placed_at: string;
  readonly expires_at: string;
  readonly held_until: string | null;
  readonly ended_at: string | null;
  readonly link: string | null;
  readonly version: number;
}

export interface OrderToPay {
  readonly order: Order;
  readonly quote: Quote | null;
  readonly methods: readonly OrderMethod[];
  readonly available: number;
  readonly card_least: number;
}

export interface OrderInList {
  readonly id: string;
  readonly receipt_number: string;
  readonly shop: ShopName;
  readonly status: OrderStatus;
  readonly total: number;
  readonly taken: number;
  readonly refunded: number;
  readonly placed_at: string;
}

export interface NewLine {
  readonly name: string;
  readonly unit_price: number;
  readonly quantity: number;
  readonly product?: string;
}

export interface LinePart {
  readonly number: number;
  readonly amount: number;
}

export interface HowToPay {
  readonly token: string;
  readonly method: OrderMethod;
  readonly coin: number;
  readonly coupons: readonly AskedCoupon[];
}

const at = (id: string): string => `${WALLET}/orders/${id}`;

export const myOrders = (cursor: string | null): Promise<Page<OrderInList>> =>
  ask("GET", `${WALLET}/orders${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`);
export const readOrder = (id: string): Promise<Order> => ask("GET", at(id));
/** This function will show an order to who may pay it; a bill at a till is opened by the token of its link. */
export const openOrder = (id: string, token: string): Promise<OrderToPay> =>
  ask("POST", `${at(id)}/open`, { body: token === "" ? {} : { token } });
/** This function will let the city ask the card company; what was paid is booked then. */
export const lookAtOrder = (id: string): Promise<Order> => ask("POST", `${at(id)}/look`);
export const giveUpOrder = (id: string): Promise<Order> => ask("POST", `${at(id)}/give_up`);

export const PAYING = (id: string): string => `order.${id}`;
/** This function will pay once, or begin to, however often it is called before the outcome is known. */
export const payOrder = (id: string, how: HowToPay): Promise<Order> => intents.send(PAYING(id), `${at(id)}/payments`, how);

export const BILL = (shop: string): string => `till.bill.${shop}`;
export const placeBill = (shop: string, lines: readonly NewLine[]): Promise<Order> =>
  intents.send(BILL(shop), `${WALLET}/shops/${shop}/orders`, { lines });
export const shopOrders = (shop: string): Promise<Page<Order>> => ask("GET", `${WALLET}/shops/${shop}/orders`);
export const cancelOrder = (id: string): Promise<Order> => ask("POST", `${at(id)}/cancel`);
export const captureOrder = (id: string): Promise<Order> => intents.send(`till.order_capture.${id}`, `${at(id)}/capture`, {});
export const REFUND = (id: string): string => `till.order_refund.${id}`;
export const refundOrder = (id: string, lines: readonly LinePart[]): Promise<Order> =>
  intents.send(REFUND(id), `${at(id)}/refunds`, { lines });
