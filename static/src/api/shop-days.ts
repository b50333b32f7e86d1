/** A shop's days, reckoned by the city from the books: this phone adds nothing up. Amounts are whole yen. */
import { ask } from "./http";
import { intents } from "./intents";

export interface DayFigures {
  readonly payments: number;
  readonly customers: number;
  readonly city: number;
  readonly own: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly refunded_city: number;
  readonly voids: number;
  readonly voided: number;
  readonly voided_city: number;
  readonly top_ups: number;
  readonly topped_up: number;
}

export interface DaySums {
  readonly figures: DayFigures;
  readonly paid: number;
  readonly back: number;
  readonly net: number;
}

export interface DayLine {
  /** As 2026-11-30. */
  readonly day: string;
  readonly sums: DaySums;
  readonly closed_at: string | null;
  /** What was booked onto the day after it had been closed. */
  readonly late: number;
}

export interface DayReport {
  readonly day: string;
  readonly closed_at: string | null;
  readonly digest: string;
  readonly counted: DaySums;
  readonly tills: readonly { readonly place: "till" | "staff" | "code"; readonly label: string; readonly sums: DaySums }[];
  readonly late: readonly {
    readonly at: string;
    readonly kind: "payment" | "refund" | "void" | "top_up";
    readonly receipt_number: string;
    readonly customer: number;
    readonly city: number;
  }[];
  readonly total: DaySums;
}

const days = (shop: string): string => `/api/v1/wallet/shops/${shop}/days`;

export const shopToday = (shop: string): Promise<DayLine> => ask("GET", `${days(shop)}/today`);
export const shopMonth = (shop: string, month: string): Promise<{ readonly results: readonly DayLine[] }> =>
  ask("GET", `${days(shop)}?month=${month}`);
export const shopDay = (shop: string, day: string): Promise<DayReport> => ask("GET", `${days(shop)}/${day}`);
export const closeDay = (shop: string, day: string): Promise<DayReport> =>
  intents.send(`close-day.${shop}.${day}`, `${days(shop)}/${day}`, {});
export const dayFile = (shop: string, day: string): string => `${days(shop)}/${day}/file`;
export const dayPaper = async (shop: string, day: string): Promise<string> =>
  (await ask<{ address: string }>("POST", `${days(shop)}/${day}/paper`)).address;
