import type { Entry } from "../api/types";
import type { TextKey } from "../i18n";
import type { IconName } from "./Icon";

interface Look {
  readonly icon: IconName;
  readonly word: TextKey;
}

const KINDS: Readonly<Record<Entry["kind"], Look>> = {
  payment: { icon: "shop", word: "entry.payment" },
  refund: { icon: "undo", word: "entry.refund" },
  void: { icon: "undo", word: "entry.void" },
  top_up: { icon: "plus", word: "entry.top_up" },
  top_up_card: { icon: "card", word: "entry.top_up_card" },
  top_up_konbini: { icon: "shop", word: "entry.top_up_konbini" },
  top_up_bank: { icon: "office", word: "entry.top_up_bank" },
  payout: { icon: "leave", word: "entry.payout" },
  reversal: { icon: "undo", word: "entry.reversal" },
  hold: { icon: "hold", word: "entry.hold" },
  capture: { icon: "shop", word: "entry.capture" },
  release: { icon: "undo", word: "entry.release" },
  expiry: { icon: "clock", word: "entry.expiry" },
  send: { icon: "send", word: "entry.send_out" },
};

/** This function will say what kind of movement an entry is; a merchant's own wallet sees a payment from the other side. */
export function entryLook(entry: Entry): Look {
  if (entry.kind === "payment" && entry.direction === "in") return { icon: "shop", word: "entry.payment_in" };
  if (entry.kind === "send" && entry.direction === "in") return { icon: "send", word: "entry.send_in" };
  if (entry.kind === "payout" && entry.direction === "in") return { icon: "undo", word: "entry.payout_in" };
  return KINDS[entry.kind];
}
