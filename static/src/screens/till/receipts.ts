/** What a shop took: one list of receipts, however they came to this till. What a day comes to is said by the city alone. */
import type { Receipt } from "../../api/types";
import type { TextKey } from "../../i18n";
import { jstDay } from "../../i18n/dates";

/** This function will lay receipts into a list, newest first; of one payment only the newest version stays. */
export function laid(known: readonly Receipt[], told: readonly Receipt[]): readonly Receipt[] {
  const byId = new Map(known.map((receipt) => [receipt.id, receipt]));
  let changed = false;
  for (const receipt of told) {
    const held = byId.get(receipt.id);
    if (held && held.version >= receipt.version) continue;
    byId.set(receipt.id, receipt);
    changed = true;
  }
  return changed ? [...byId.values()].sort(newestFirst) : known;
}

function newestFirst(left: Receipt, right: Receipt): number {
  return Date.parse(right.paid_at) - Date.parse(left.paid_at) || (left.id < right.id ? 1 : -1);
}

/** This function will give what the shop keeps of a payment after refunds and voiding. */
export function kept(receipt: Receipt): number {
  return receipt.status === "voided" ? 0 : receipt.amount - receipt.refunded;
}

export const dayOf = (receipt: Receipt): string => jstDay(new Date(receipt.paid_at));

/** True when a page of receipts, newest first, reaches back before a day, so that the day is complete. */
export function reachesBefore(receipts: readonly Receipt[], day: string): boolean {
  const last = receipts.at(-1);
  return last !== undefined && dayOf(last) < day;
}

export interface Day {
  readonly day: string;
  readonly receipts: readonly Receipt[];
}

/** This function will put receipts, newest first, under the days in Japan on which they were paid. */
export function byDay(receipts: readonly Receipt[]): readonly Day[] {
  const days: { day: string; receipts: Receipt[] }[] = [];
  for (const receipt of receipts) {
    const day = dayOf(receipt);
    const last = days.at(-1);
    if (last?.day === day) last.receipts.push(receipt);
    else days.push({ day, receipts: [receipt] });
  }
  return days;
}

/** A payment can be voided whole, before anything was refunded, on the day in Japan it was made. */
export function voidable(receipt: Receipt, now: Date): boolean {
  return receipt.status === "paid" && dayOf(receipt) === jstDay(now);
}

export const refundable = (receipt: Receipt): boolean => kept(receipt) > 0;

export const STATUS_WORDS: Readonly<Record<Receipt["status"], TextKey>> = {
  paid: "till.status_paid",
  partly_refunded: "till.status_partly",
  refunded: "till.status_refunded",
  voided: "till.status_voided",
};
