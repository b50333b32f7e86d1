import { ask } from "./http";
import { intents } from "./intents";
import type { Page } from "./types";

const ACCOUNTS = "/api/v1/accounts";

/** A class of personal data, with its words in the reader's language. */
export interface DataClass {
  readonly name: string;
  readonly words: string;
}

export interface Recipient {
  readonly id: string;
  readonly name: string;
}

/** Standing; left behind by a version that asks for more; ended with its time; taken back. */
export type ConsentState = "standing" | "left_behind" | "ended" | "withdrawn";

export interface Consent {
  readonly id: string;
  readonly agreement_id: string;
  readonly title: string;
  readonly why: string;
  readonly keeps_days: number;
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly data_class: DataClass;
  readonly state: ConsentState;
  readonly given_at: string;
  readonly is_by_delegate: boolean;
  readonly ends_at: string | null;
  readonly withdrawn_at: string | null;
}

export interface Agreement {
  readonly id: string;
  readonly revision_id: string;
  readonly number: number;
  readonly digest: string;
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly title: string;
  readonly why: string;
  readonly stops: string;
  readonly classes: readonly DataClass[];
  readonly keeps_days: number;
  readonly lasts_days: number | null;
}

export type ChangedField = "classes" | "keeps_days" | "lasts_days" | "title" | "why" | "stops";

export interface Change {
  readonly field: ChangedField;
  readonly before: string;
  readonly after: string;
  /** More is asked for by it. */
  readonly widens: boolean;
}

export interface Asked {
  readonly agreement: Agreement;
  /** The classes, by name, to which one's yes stands. */
  readonly standing: readonly string[];
  readonly agreed_number: number | null;
  readonly changes: readonly Change[];
}

export interface Stops {
  readonly words: string;
  readonly services: readonly string[];
}

export interface Receipt {
  /** A signed statement of the city (JWS). */
  readonly receipt: string;
  /** The very words that were agreed to. */
  readonly document: string;
}

export const myConsents = (cursor: string | null): Promise<Page<Consent>> =>
  ask("GET", `${ACCOUNTS}/consents${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`);
export const consentsTo = (agreement: string): Promise<Page<Consent>> =>
  ask("GET", `${ACCOUNTS}/consents?limit=200&agreement=${encodeURIComponent(agreement)}`);
export const askedAnew = (): Promise<{ agreements: readonly Agreement[] }> => ask("GET", `${ACCOUNTS}/consents/asked_anew`);
export const readAsked = (agreement: string): Promise<Asked> => ask("GET", `${ACCOUNTS}/agreements/${agreement}/asked`);
export const whatStops = (agreement: string): Promise<Stops> => ask("GET", `${ACCOUNTS}/agreements/${agreement}/stops`);
export const readReceipt = (grant: string): Promise<Receipt> => ask("GET", `${ACCOUNTS}/consents/${grant}/receipt`);

/** This function will say yes once, however often it is called before the outcome is known. */
export const giveConsent = (agreement: string, revision: string, classes: readonly string[]): Promise<{ grants: readonly string[] }> =>
  intents.send(`consent.${agreement}`, `${ACCOUNTS}/consents`, { revision_id: revision, classes });
export const withdrawConsent = (agreement: string, classes: readonly string[] | null): Promise<{ grants: number }> =>
  ask("POST", `${ACCOUNTS}/agreements/${agreement}/withdrawal`, { body: { classes } });

/** The city's public keys, retired ones included; null from a city that does not publish them. */
export async function publicKeys(): Promise<readonly JsonWebKey[] | null> {
  const found = await ask<{ keys?: readonly JsonWebKey[] } | null>("GET", "/.well-known/machi/log/keys");
  return Array.isArray(found?.keys) ? found.keys : null;
}
