/** Statements and sticker sheets as PDF: an address is good once, for two minutes. */
import { ask } from "./http";

const WALLET = "/api/v1/wallet";

export interface StatementMonth {
  /** As 2026-11. */
  readonly month: string;
  readonly is_complete: boolean;
}

interface Months {
  readonly results: readonly StatementMonth[];
}

const shopDoor = (shop: string): string => `${WALLET}/shops/${shop}/statements`;
const addressAt = async (door: string, body?: { readonly month: string }): Promise<string> =>
  (await ask<{ address: string }>("POST", door, body && { body })).address;

export const readMonths = (): Promise<Months> => ask("GET", `${WALLET}/statements`);
export const readShopMonths = (shop: string): Promise<Months> => ask("GET", shopDoor(shop));
export const statementAddress = (month: string): Promise<string> => addressAt(`${WALLET}/statements`, { month });
export const shopStatementAddress = (shop: string, month: string): Promise<string> => addressAt(shopDoor(shop), { month });
export const stickersAddress = (shop: string): Promise<string> => addressAt(`${WALLET}/shops/${shop}/stickers`);
