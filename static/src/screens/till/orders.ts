/** The shop's orders as this till knows them: the newest version of each, whichever way it came. */
import { signal } from "@preact/signals";
import type { Order } from "../../api/orders";

export const orders = signal<ReadonlyMap<string, Order>>(new Map());

/** This function will take in orders; it gives those that were paid since this till knew them as open. */
export function enterOrders(told: readonly Order[]): readonly Order[] {
  const known = new Map(orders.peek());
  const paid: Order[] = [];
  let changed = false;
  for (const order of told) {
    const held = known.get(order.id);
    if (held && held.version >= order.version) continue;
    if (held?.status === "open" && (order.status === "paid" || order.status === "held")) paid.push(order);
    known.set(order.id, order);
    changed = true;
  }
  if (changed) orders.value = known;
  return paid;
}

export function forgetOrders(): void {
  orders.value = new Map();
}

export const newestFirst = (left: Order, right: Order): number =>
  Date.parse(right.placed_at) - Date.parse(left.placed_at) || (left.id < right.id ? 1 : -1);
