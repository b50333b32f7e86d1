import type { CardTopUp, CardTopUpStatus } from "../../api/types";
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

const OF_PREMIUM: Partial<Record<TextKey, TextKey>> = {
  "topup.is_ended": "premium.is_ended",
  "topup.is_paid": "premium.is_paid",
  "topup.says_open": "premium.says_open",
  "topup.says_ended": "premium.says_ended",
  "topup.says_returned": "premium.says_returned",
  "topup.begin_again": "premium.buy_again",
  "topup.give_up": "premium.give_up",
};

/** This function will say of coins that are bought with a bonus what would be said of a top-up. */
export const wordsOf = ({ premium }: Pick<CardTopUp, "premium">, key: TextKey): TextKey => (premium && OF_PREMIUM[key]) || key;

/** Where a payment was begun, and can be begun again. */
export const placeOf = ({ premium }: Pick<CardTopUp, "premium">): string => (premium ? `/pay/premium/${premium.id}` : "/pay/top-up");

/** Amounts that people choose; only those that may be topped up at once are offered. */
export function chips(least: number, most: number): readonly number[] {
  return [1000, 3000, 5000, 10_000, 20_000].filter((amount) => amount >= least && amount <= most);
}
