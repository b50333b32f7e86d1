/** Coins sold with a bonus, and the draws that anybody may recompute. */
import { ask } from "./http";
import { intents } from "./intents";
import type { CardTopUp } from "./types";

const WALLET = "/api/v1/wallet";
const DRAWS = "/.well-known/machi/draws";

export type OfferState = "soon" | "applying" | "drawing" | "selling" | "sold_out" | "over";

export interface Mine {
  readonly is_for_me: boolean;
  readonly may_buy: number;
  readonly bought: number;
  readonly buy_until: string | null;
  readonly ticket: string | null;
  readonly wished: number | null;
  readonly rank: number | null;
  readonly allotted: number | null;
  /** Units that wait for a payment by card, and that payment. */
  readonly being_paid: number;
  readonly card_payment: string | null;
}

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly name_en: string;
  readonly way: "first_come" | "draw";
  readonly who: "everybody" | "resident";
  readonly state: OfferState;
  readonly unit_yen: number;
  readonly bonus: number;
  readonly rate_bp: number;
  readonly units: number;
  readonly left: number;
  readonly per_person: number;
  readonly apply_from: string | null;
  readonly apply_until: string | null;
  readonly draw_at: string | null;
  readonly draw_id: string | null;
  readonly sells_from: string;
  readonly sells_until: string;
  readonly sold_out_at: string | null;
  readonly bonus_last_day: string;
  readonly mine: Mine | null;
}

export interface Sale {
  readonly id: string;
  readonly receipt_number: string;
  readonly units: number;
  readonly paid: number;
  readonly bonus: number;
  readonly bonus_last_day: string;
}

export const readOffers = async (): Promise<readonly Offer[]> =>
  (await ask<{ results: readonly Offer[] }>("GET", `${WALLET}/premium_offers`)).results;
export const readOffer = (id: string): Promise<Offer> => ask("GET", `${WALLET}/premium/${encodeURIComponent(id)}`);

export const applyFor = (id: string, units: number): Promise<Offer> =>
  intents.send(`premium.apply.${id}.${units}`, `${WALLET}/premium/${id}/application`, { units });
export const withdrawFrom = (id: string): Promise<Offer> =>
  intents.send(`premium.withdraw.${id}`, `${WALLET}/premium/${id}/withdrawal`, null);

/** This function will claim units and begin to pay them by card, once, however often it is called before the outcome is known. */
export const buyByCard = (id: string, units: number, amount: number): Promise<CardTopUp> =>
  intents.send(`premium.card.${id}`, `${WALLET}/premium/${id}/card_top_up`, { units, amount });

export const readShopOffers = async (shop: string): Promise<readonly Offer[]> =>
  (await ask<{ results: readonly Offer[] }>("GET", `${WALLET}/shops/${shop}/premium`)).results;

/** This function will sell units against cash; under one name, so that a lost answer is found out and nothing is sold twice. */
export const sellUnits = (
  name: string,
  shop: string,
  sold: { readonly premium_id: string; readonly customer_code: string; readonly units: number; readonly amount: number },
): Promise<Sale> => intents.send(name, `${WALLET}/shops/${shop}/premium`, sold);

export interface Place {
  readonly rank: number;
  readonly ticket: string;
  readonly won: string | null;
}

/** A draw as it is published; `statement` is the text that was fixed and signed before. */
export interface PublishedDraw {
  readonly id: string;
  readonly about: string;
  readonly state: "open" | "committed" | "drawn";
  readonly source: "drand" | "parties" | "city";
  readonly draw_at: string | null;
  readonly ticket_count: number | null;
  readonly tickets_sha256: string | null;
  readonly statement: string | null;
  readonly randomness: string | null;
  readonly proof: string | null;
  readonly parties: readonly { readonly name: string; readonly value: string; readonly is_recovered: boolean }[];
  readonly places: readonly Place[];
}

export const drawAddress = (id: string): string => `${DRAWS}/${encodeURIComponent(id)}`;
export const listAddress = (id: string): string => `${drawAddress(id)}/tickets.txt`;
export const SCRIPT_ADDRESS = `${DRAWS}/recompute.py`;

export const readDraw = (id: string): Promise<PublishedDraw> => ask("GET", drawAddress(id));

/** This function will fetch the list as it was committed to, byte for byte. */
export async function readTickets(id: string): Promise<string> {
  const answer = await fetch(listAddress(id));
  if (!answer.ok) throw new TypeError("the list cannot be read");
  return answer.text();
}
