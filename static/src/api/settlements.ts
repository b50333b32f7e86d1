import { ask } from "./http";
import type { Page } from "./types";

/** One period as a shop's manager sees it. Amounts are whole yen. */
export interface Settlement {
  readonly id: string;
  readonly cut_off_on: string;
  readonly since: string;
  readonly until: string;
  readonly pay_on: string;
  readonly gross: number;
  readonly refunds: number;
  readonly carried_in: number;
  readonly returned_in: number;
  readonly fee: number;
  readonly cash: number;
  readonly net: number;
  readonly carried_out: number;
  readonly state: "planned" | "booked" | "paid" | "carried" | "withheld" | "returned";
  readonly reason: string;
  readonly organisation_id: string;
}

const ROOT = "/api/v1/wallet/settlements";

export const mySettlements = (cursor: string | null): Promise<Page<Settlement>> =>
  ask("GET", cursor === null ? ROOT : `${ROOT}?cursor=${encodeURIComponent(cursor)}`);

/** The address of one period's credits as a table for a spreadsheet. */
export const settlementFile = (id: string): string => `${ROOT}/${id}/file`;

/** The city's cash that an organisation's shops hold, and what the city has received of it lately, newest first. */
export interface ShopCash {
  readonly organisation_id: string;
  readonly owed: number;
  readonly received: readonly {
    readonly id: string;
    readonly amount: number;
    readonly way: "counter" | "bank";
    readonly received_on: string;
  }[];
}

export const myShopCash = (): Promise<{ readonly results: readonly ShopCash[] }> => ask("GET", "/api/v1/wallet/shop_cash");

/** Where the notice of a transfer is fetched once, as PDF. */
export const settlementNotice = async (id: string): Promise<string> =>
  (await ask<{ address: string }>("POST", `${ROOT}/${id}/notice`)).address;
