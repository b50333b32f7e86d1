/** Stamp cards and referrals, word for word as the city's HTTP API gives them. Amounts are whole yen. */
import type { Benefit, CouponPlace } from "./coupons";
import { ask } from "./http";

const WALLET = "/api/v1/wallet";

export type Gift =
  | { readonly kind: "coins"; readonly yen: number; readonly days: number }
  | { readonly kind: "coupon"; readonly coupon: string };
export type Waiting = "sold_out" | "budget_spent" | "limit_balance" | "account_frozen" | "coupon_over";

export interface StampSeen {
  readonly at: string;
  readonly shop: string;
  readonly shop_name: string;
  readonly shop_name_en: string;
}

export interface StampCard {
  readonly id: string;
  readonly title: string;
  readonly title_en: string;
  readonly by: "city" | "shop";
  readonly size: number;
  readonly stamps: readonly StampSeen[];
  readonly full: number;
  readonly rewards: number;
  readonly waits: Waiting | null;
  readonly reward: Gift;
  readonly reward_benefit: Benefit | null;
  readonly minimum: number;
  readonly products: readonly string[];
  readonly per_day: number;
  readonly distinct: boolean;
  readonly per_person: number | null;
  readonly left: number | null;
  readonly shops: readonly CouponPlace[];
  readonly districts: readonly string[];
  readonly starts_at: string;
  readonly ends_at: string;
  readonly is_paused: boolean;
}

export interface NewStampCard {
  readonly title: string;
  readonly title_en: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly size: number;
  readonly minimum: number;
  readonly products: readonly string[];
  readonly benefit: NewBenefit;
}

export type NewBenefit = { readonly kind: "amount"; readonly yen: number } | { readonly kind: "percent"; readonly percent: number };

export interface NewCoupon {
  readonly title: string;
  readonly title_en: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly minimum: number;
  readonly benefit: NewBenefit;
}

export interface ShopCoupon {
  readonly id: string;
  readonly title: string;
  readonly title_en: string;
  readonly benefit: Benefit;
  readonly ends_at: string;
  readonly used: number;
  readonly why: string | null;
}

export interface OwnLink {
  readonly link: string;
  readonly said: string;
}

export type ReferralState = "entered" | "lapsed" | "earned" | "waiting" | "undone";

export interface Brought {
  readonly id: string;
  readonly state: ReferralState;
  readonly entered_at: string;
  readonly pay_until: string;
}

export interface BroughtBy {
  readonly id: string;
  readonly said: string;
  readonly state: ReferralState;
  readonly first_payment: number;
  readonly pay_until: string;
  readonly reward: Gift;
}

export interface ReferralOffer {
  readonly id: string;
  readonly title: string;
  readonly title_en: string;
  readonly for_referrer: Gift;
  readonly for_newcomer: Gift;
  readonly level: number;
  readonly first_payment: number;
  readonly within_days: number;
  readonly per_referrer: number;
  readonly ends_at: string;
  readonly link: OwnLink | null;
  readonly brought: readonly Brought[];
}

export interface ReferralSeen {
  readonly title: string;
  readonly title_en: string;
  readonly said: string;
  readonly for_newcomer: Gift;
  readonly first_payment: number;
  readonly within_days: number;
  readonly ends_at: string;
}

type Results<T> = Promise<{ readonly results: readonly T[] }>;
type Taken = Promise<{ readonly given: number; readonly waits: Waiting | null }>;

export const stampCards = (): Results<StampCard> => ask("GET", `${WALLET}/stamp_cards`);
export const takeStampReward = (id: string): Taken => ask("POST", `${WALLET}/stamp_cards/${id}/rewards`);
export const referrals = (): Promise<{ readonly results: readonly ReferralOffer[]; readonly brought_by: BroughtBy | null }> =>
  ask("GET", `${WALLET}/referrals`);
export const lookAtReferral = (code: string): Promise<ReferralSeen> => ask("POST", `${WALLET}/referrals/look`, { body: { code } });
export const enterReferral = (code: string): Promise<BroughtBy> => ask("POST", `${WALLET}/referrals`, { body: { code } });
export const shareReferral = (campaign: string, said: string): Promise<OwnLink> =>
  ask("POST", `${WALLET}/referral_campaigns/${campaign}/link`, { body: { said } });
export const takeReferralReward = (id: string): Taken => ask("POST", `${WALLET}/referrals/${id}/rewards`);

export const shopStampCards = (shop: string): Results<StampCard> => ask("GET", `${WALLET}/shops/${shop}/stamp_cards`);
export const makeStampCard = (shop: string, card: NewStampCard, key: string): Promise<unknown> =>
  ask("POST", `${WALLET}/shops/${shop}/stamp_cards`, { body: card, key });
export const shopCoupons = (shop: string): Results<ShopCoupon> => ask("GET", `${WALLET}/shops/${shop}/coupons`);
export const makeShopCoupon = (shop: string, coupon: NewCoupon, key: string): Promise<unknown> =>
  ask("POST", `${WALLET}/shops/${shop}/coupons`, { body: coupon, key });
/** Stop a coupon or stamp card of the shop, or let it go on. */
export const setRunning = (shop: string, what: "coupons" | "stamp_cards", id: string, runs: boolean): Promise<unknown> =>
  ask("POST", `${WALLET}/shops/${shop}/${what}/${id}/${runs ? "resume" : "pause"}`);
