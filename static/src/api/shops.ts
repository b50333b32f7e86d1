/** The town's shops, for everybody. */
import { ask } from "./http";
import type { ShopName } from "./types";

export type Group = "eat" | "food" | "shopping" | "health" | "leisure" | "other";
export type OpenDay = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "holiday";

export interface Span {
  readonly days: readonly OpenDay[];
  /** As 09:00; what closes after midnight is written on, as 25:00. */
  readonly opens: string;
  readonly closes: string;
}

export interface Hours {
  readonly spans: readonly Span[];
  readonly holidays: "as_usual" | "closed";
}

export interface TownShop extends ShopName {
  readonly group: Group;
  readonly district: string;
  readonly details: {
    readonly kind: string;
    readonly kind_en: string;
    readonly address: string;
    readonly address_en: string;
    readonly telephone: string;
    readonly point: { readonly latitude_e6: number; readonly longitude_e6: number } | null;
    readonly hours: Hours | null;
  };
  readonly door: { readonly is_open: boolean; readonly changes_at: string | null } | null;
}

export type Point = NonNullable<TownShop["details"]["point"]>;

/** The shops, and the corners of the town's outline; none where it has none. */
export interface TownShops {
  readonly results: readonly TownShop[];
  readonly outline?: readonly Point[];
}

export const townShops = (): Promise<TownShops> => ask("GET", "/api/v1/wallet/town_shops");
