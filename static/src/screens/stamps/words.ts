import type { Gift, StampCard, Waiting } from "../../api/rewards";
import { t, type TextKey } from "../../i18n";
import { couponName } from "../coupons/words";

/** This function will say what a full card, or a referral, brings. */
export function giftText(gift: Gift, coupon: { readonly title: string; readonly title_en: string } = { title: "", title_en: "" }): string {
  if (gift.kind === "coins") return t("rewards.coins", { amount: gift.yen, days: gift.days });
  return couponName(coupon) === "" ? t("rewards.coupon") : t("rewards.coupon_named", { name: couponName(coupon) });
}

export const cardGift = (card: StampCard): string => giftText(card.reward, { title: card.reward_title, title_en: card.reward_title_en });

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
