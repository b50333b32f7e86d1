/** Under which names the till's deeds wait for their outcome, and where a person finds out. */
import { intents } from "../../api/intents";
import type { Charge } from "../../api/types";
import { openCharge } from "../../api/wallet";

export const NAMES = {
  charge: (shop: string): string => `till.charge.${shop}`,
  take: (shop: string): string => `till.payment.${shop}`,
  topUp: (shop: string): string => `till.top_up.${shop}`,
  premium: (shop: string): string => `till.premium.${shop}`,
  hold: (shop: string): string => `till.hold.${shop}`,
  capture: (hold: string): string => `till.capture.${hold}`,
  release: (hold: string): string => `till.release.${hold}`,
  refund: (payment: string): string => `till.refund.${payment}`,
  void: (payment: string): string => `till.void.${payment}`,
} as const;

/** This function will give the amount of an unresolved deed, or null when there is none or it has no amount of its own. */
export function amountInDoubt(name: string): number | null {
  const body = intents.unresolved(name)?.body as { amount?: unknown } | undefined;
  return typeof body?.amount === "number" ? body.amount : null;
}

/**
 * This function will open a charge. A charge whose answer was lost has moved nothing and nobody saw its code: for another
 * amount it is simply left to expire, so that the till never shows a sum that was not typed.
 */
export function newCharge(shop: string, amount: number): Promise<Charge> {
  const name = NAMES.charge(shop);
  const lost = amountInDoubt(name);
  if (lost !== null && lost !== amount) intents.forget(name);
  return openCharge(shop, amount);
}

export interface Doubt {
  readonly name: string;
  readonly amount: number | null;
  /** Where its outcome is found out, below the till's own address. */
  readonly at: string;
}

const PLACES: Readonly<Record<string, (id: string) => string>> = {
  payment: () => "take",
  top_up: () => "top-up/customer",
  premium: () => "premium/customer",
  hold: () => "holds/new/customer",
  refund: (id) => `payments/${id}/refund`,
  void: (id) => `payments/${id}`,
  capture: (id) => `holds/${id}`,
  release: (id) => `holds/${id}`,
  bill: () => "orders/new",
  order_capture: (id) => `orders/${id}`,
  order_refund: (id) => `orders/${id}/refund`,
};

const KEPT = /^machi\.intent\.(till\.([a-z_]+)\.(.+))$/;

/** This function will list the deeds of this tab whose outcome is unknown. A lost charge is none: it moves no money. */
export function doubts(shelf: Storage = window.sessionStorage): readonly Doubt[] {
  return Array.from({ length: shelf.length }, (_, index) => KEPT.exec(shelf.key(index) ?? "")).flatMap((found) => {
    const [, name = "", kind = "", id = ""] = found ?? [];
    const place = PLACES[kind];
    return place && intents.unresolved(name) ? [{ name, amount: amountInDoubt(name), at: place(id) }] : [];
  });
}
