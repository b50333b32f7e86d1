import type { CardTopUpStatus } from "../../api/types";
import type { TextKey } from "../../i18n";

/** Not paid yet, and still possible. */
export const WAITING: ReadonlySet<CardTopUpStatus> = new Set(["started", "open", "waiting"]);

const REFUSED: Readonly<Record<string, TextKey>> = {
  insufficient_funds: "topup.refused_funds",
  expired_card: "topup.refused_expired",
  payment_intent_authentication_failure: "topup.refused_proof",
};

/** This function will say in our words why the card company said no. */
export function refusedWords(reason: string): TextKey {
  return REFUSED[reason] ?? "topup.refused";
}

/** Amounts that people choose; only those that may be topped up at once are offered. */
export function chips(least: number, most: number): readonly number[] {
  return [1000, 3000, 5000, 10_000, 20_000].filter((amount) => amount >= least && amount <= most);
}
