import { ask } from "./http";
import type { CardBegun, CardDone, CounterCode, DemoCode, Me, MyId, Page, Persona, Ticket, Verification } from "./types";

const ACCOUNTS = "/api/v1/accounts";

export const readMe = (): Promise<Me> => ask("GET", `${ACCOUNTS}/me`, { own: true });
/** Whom one acts for, as a delegate may see them. */
export const readOther = (): Promise<Me> => ask("GET", `${ACCOUNTS}/me`);
export const changeMe = (change: { display_name?: string; language?: string }): Promise<Me> =>
  ask("PATCH", `${ACCOUNTS}/me`, { own: true, body: change });
export const renameOther = (name: string): Promise<Me> => ask("PATCH", `${ACCOUNTS}/me`, { body: { display_name: name } });

/** Only a demo city answers these; anywhere else they do not exist. */
export const demoPersonas = (): Promise<{ personas: readonly Persona[] }> => ask("GET", `${ACCOUNTS}/demo_personas`);
export const demoCodes = (): Promise<{ codes: readonly DemoCode[] }> => ask("GET", `${ACCOUNTS}/demo_codes`);

export const liveTicket = (feeds: readonly string[]): Promise<Ticket> =>
  ask("POST", "/api/v1/realtime/tickets", { own: true, body: { feeds } });

export const readId = (): Promise<MyId> => ask("GET", `${ACCOUNTS}/id`);
export const readVerifications = (cursor: string | null = null): Promise<Page<Verification>> =>
  ask("GET", `${ACCOUNTS}/id/verifications${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`);
export const newCounterCode = (): Promise<CounterCode> => ask("POST", `${ACCOUNTS}/counter_codes`);
export const upgrade = (name: string): Promise<Me> => ask("POST", `${ACCOUNTS}/upgrade`, { body: { display_name: name } });

/** A code to the confirmed address, for somebody who is signed in and shows once more who they are. */
export const sendProof = (): Promise<unknown> => ask("POST", `${ACCOUNTS}/code_proofs`);
export const proveByCode = (code: string): Promise<unknown> => ask("PUT", `${ACCOUNTS}/code_proofs`, { body: { code } });

export type CardPurpose = "raise" | "sign_in";
export const beginCard = (purpose: CardPurpose): Promise<CardBegun> => ask("POST", `${ACCOUNTS}/card/start`, { body: { purpose } });
export const finishCard = (said: Readonly<Record<string, string>>): Promise<CardDone> =>
  ask("POST", `${ACCOUNTS}/card/finish`, { body: said });
