import { ask } from "./http";
import type { DemoCode, Me, Persona, Ticket } from "./types";

const ACCOUNTS = "/api/v1/accounts";

export const readMe = (): Promise<Me> => ask("GET", `${ACCOUNTS}/me`);
export const changeMe = (change: { display_name?: string; language?: string }): Promise<Me> =>
  ask("PATCH", `${ACCOUNTS}/me`, { body: change });

/** Only a demo city answers these; anywhere else they do not exist. */
export const demoPersonas = (): Promise<{ personas: readonly Persona[] }> => ask("GET", `${ACCOUNTS}/demo_personas`);
export const demoCodes = (): Promise<{ codes: readonly DemoCode[] }> => ask("GET", `${ACCOUNTS}/demo_codes`);

export const liveTicket = (feeds: readonly string[]): Promise<Ticket> =>
  ask("POST", "/api/v1/realtime/tickets", { body: { feeds } });
