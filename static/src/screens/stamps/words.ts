import type { Benefit } from "../../api/coupons";
import type { Gift, StampCard, Waiting } from "../../api/rewards";
import { t, type TextKey } from "../../i18n";
import { benefitText } from "../coupons/words";

/** This function will say what a full card, or a referral, brings; of a coupon what it takes off, where that is known. */
export function giftText(gift: Gift, benefit: Benefit | null = null): string {
  if (gift.kind === "coins") return t("rewards.coins", { amount: gift.yen, days: gift.days });
  return benefit === null ? t("rewards.coupon") : t("rewards.coupon_off", { off: benefitText(benefit) });
}

export const cardGift = (card: StampCard): string => giftText(card.reward, card.reward_benefit);

/** Whether a card may still take stamps: not stopped, not over, and one may have another. */
export const isOpen = (card: StampCard, now: Date): boolean =>
  !card.is_paused && new Date(card.ends_at) > now && (card.per_person === null || card.full < card.per_person);

const WAITS: Readonly<Record<Waiting, TextKey>> = {
  sold_out: "stamps.waits.sold_out",
  budget_spent: "stamps.waits.budget_spent",
  limit_balance: "stamps.waits.limit_balance",
  account_frozen: "stamps.waits.account_frozen",
  coupon_over: "stamps.waits.coupon_over",
};

/** This function will say for what a reward that was earned waits. */
export const waitsText = (waits: Waiting): string => t(WAITS[waits]);
