/** What the wallet's two feeds say, folded into what the screens show. Pure: old state + event = new state. */
import type { Balance, Entry, Receipt } from "../api/types";
import type { FeedEvent } from "./feed";

/** A snapshot carries this many rows, so that many is also what events may leave. */
export const KEPT = 20;

export interface Mine {
  readonly balance: Balance;
  readonly entries: readonly Entry[];
}

export interface Till {
  readonly payments: readonly Receipt[];
}

function newestFirst(left: { at: string; id: string }, right: { at: string; id: string }): number {
  const byTime = Date.parse(right.at) - Date.parse(left.at);
  if (byTime !== 0) return byTime;
  return left.id < right.id ? 1 : left.id > right.id ? -1 : 0;
}

const byEntry = (left: Entry, right: Entry): number =>
  newestFirst({ at: left.occurred_at, id: left.id }, { at: right.occurred_at, id: right.id });
const byReceipt = (left: Receipt, right: Receipt): number =>
  newestFirst({ at: left.paid_at, id: left.id }, { at: right.paid_at, id: right.id });

/** This function will fold one event into what a resident sees; an older or repeated event changes nothing. */
export function foldMine(old: Mine, event: FeedEvent): Mine {
  if (event.type === "balance.changed") {
    const { balance } = event.data as { balance: Balance };
    return balance.version > old.balance.version ? { ...old, balance } : old;
  }
  if (event.type === "entry.added") {
    const { entry } = event.data as { entry: Entry };
    if (old.entries.some((each) => each.id === entry.id)) return old;
    return { ...old, entries: [entry, ...old.entries].sort(byEntry).slice(0, KEPT) };
  }
  return old;
}

/** This function will fold one event into what a till sees: a receipt is new, or newer than the one held. */
export function foldTill(old: Till, event: FeedEvent): Till {
  if (event.type !== "payment.changed") return old;
  const { receipt } = event.data as { receipt: Receipt };
  const held = old.payments.find((each) => each.id === receipt.id);
  if (held && held.version >= receipt.version) return old;
  const others = old.payments.filter((each) => each.id !== receipt.id);
  return { payments: [receipt, ...others].sort(byReceipt).slice(0, KEPT) };
}
