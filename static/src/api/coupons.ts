/** Coupons and quotes, word for word as the city's HTTP API gives them. Amounts are whole yen. */
import { ask } from "./http";
import type { ShopName } from "./types";

const WALLET = "/api/v1/wallet";

export interface AskedCoupon {
  readonly coupon: string;
  readonly discount: number;
}

export interface QuotedCoupon extends AskedCoupon {
  readonly title: string;
  readonly title_en: string;
  readonly funded_by: "campaign" | "shop";
}

export interface RefusedCoupon {
  readonly coupon: string;
  readonly title: string;
  readonly title_en: string;
  readonly why: string;
}

export interface Quote {
  readonly shop: ShopName;
  readonly price: number;
  readonly discount: number;
  readonly pays: number;
  readonly coupons: readonly QuotedCoupon[];
  readonly others: readonly RefusedCoupon[];
}

export type Benefit =
  | { readonly kind: "percent"; readonly percent: number; readonly cap: number | null; readonly rounding: string }
  | { readonly kind: "amount"; readonly yen: number };

export interface CouponPlace extends ShopName {
  readonly district: string;
  readonly distance_m: number | null;
}

export interface Coupon {
  readonly id: string;
  readonly title: string;
  readonly title_en: string;
  readonly benefit: Benefit;
  readonly funded_by: "campaign" | "shop";
  readonly minimum: number;
  readonly shops: readonly CouponPlace[];
  readonly weekdays: readonly number[];
  readonly hours: readonly { readonly begins: number; readonly ends: number }[];
  readonly starts_at: string;
  readonly ends_at: string;
  readonly stackable: boolean;
  readonly needs_claim: boolean;
  readonly per_person: number | null;
  readonly per_day: number | null;
  readonly left: number | null;
  readonly used: number;
  readonly claims: number;
  readonly may_claim: boolean;
  readonly why: string | null;
  readonly distance_m: number | null;
  readonly products: readonly string[];
  readonly because: Audience | null;
}

/** For whom a coupon is: why one is offered what not everybody is. */
export interface Audience {
  readonly ages_from: number | null;
  readonly ages_to: number | null;
  readonly districts: readonly string[];
  readonly level: number | null;
  readonly with_children: boolean;
}

export interface CouponsForMe {
  readonly results: readonly Coupon[];
  readonly agreement: string | null;
  readonly agreed: readonly string[];
}

export interface UsedCoupon extends QuotedCoupon {
  readonly given_back: boolean;
}

export interface Where {
  readonly latitude: number;
  readonly longitude: number;
}

type Results<T> = Promise<{ readonly results: readonly T[] }>;

const at = (where: Where | null): string => (where === null ? "" : `?latitude=${where.latitude}&longitude=${where.longitude}`);

export const quoteToPay = (code: string, amount: number | null): Promise<Quote> =>
  ask("POST", `${WALLET}/quotes`, { body: amount === null ? { code } : { code, amount } });
export const quoteAtTill = (shop: string, customerCode: string, amount: number): Promise<Quote> =>
  ask("POST", `${WALLET}/shops/${shop}/quotes`, { body: { customer_code: customerCode, amount } });
export const couponsNear = (where: Where | null): Results<Coupon> => ask("GET", `${WALLET}/coupons${at(where)}`);
export const couponsForMe = (): Promise<CouponsForMe> => ask("GET", `${WALLET}/coupons/for_me`);
export const myCoupons = (): Results<Coupon> => ask("GET", `${WALLET}/coupons/mine`);
export const readCoupon = (id: string, where: Where | null): Promise<Coupon> => ask("GET", `${WALLET}/coupons/${id}${at(where)}`);
export const takeCoupon = (id: string): Promise<unknown> => ask("POST", `${WALLET}/coupons/${id}/claims`);
export const couponsOn = (payment: string): Results<UsedCoupon> => ask("GET", `${WALLET}/payments/${payment}/coupons`);

/** This function will name the coupons of a quote as the payment asks for them. */
export const askedOf = (quote: Quote | null): readonly AskedCoupon[] =>
  (quote?.coupons ?? []).map(({ coupon, discount }) => ({ coupon, discount }));
