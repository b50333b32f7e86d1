/** How orders are called, and what a way of paying makes of a price. */
import type { Order, OrderInList, OrderLine, OrderMethod, OrderToPay, Tenders } from "../../api/orders";
import { language, type TextKey } from "../../i18n";

/** This function will call a line by its name, or by its Latin one for those who do not read Japanese. */
export function lineName(line: OrderLine): string {
  const japanese = language.value === "ja" || language.value === "ja-easy";
  return japanese ? line.name : line.name_en || line.name;
}

export const METHOD_WORDS: Readonly<Record<OrderMethod, TextKey>> = {
  coin: "order.coin",
  card: "order.card",
  mixed: "order.mixed",
};

export const STATUS_WORDS: Readonly<Record<Order["status"], TextKey>> = {
  open: "order.is_open",
  held: "order.is_held",
  paid: "order.is_paid",
  cancelled: "order.is_cancelled",
  expired: "order.is_expired",
};

/** This function will say how an order stands; one that came back whole is called so. */
export function statusWord({ status, taken, refunded }: Pick<OrderInList, "status" | "taken" | "refunded">): TextKey {
  if (status !== "paid" || refunded === 0) return STATUS_WORDS[status];
  return refunded === taken ? "order.is_refunded" : "order.is_partly_refunded";
}

export const sumOf = (tenders: Tenders): number => tenders.discount + tenders.coin + tenders.card;
export const takenOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.taken, 0);
export const refundedOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.refunded, 0);

/** The ways that make sense for what one has: coins that suffice, or a part in coins and at least so much on the card. */
export function waysOf({ methods, available, card_least }: OrderToPay, pays: number): readonly OrderMethod[] {
  return methods.filter((method) => {
    if (method === "coin") return available >= pays;
    if (method === "card") return pays >= card_least;
    return available > 0 && available < pays && pays > card_least;
  });
}

/** How many coins one may put in at the most where the card pays the rest. */
export const mostCoins = ({ available, card_least }: OrderToPay, pays: number): number => Math.min(available, pays - card_least);
