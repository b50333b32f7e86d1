/** A person's own data: a copy to take home, the account to be closed, and the credential for a night without a database. */
import { askOwn } from "./http";
import { intents } from "./intents";
import type { Closing, DataCopy } from "./types";

const ACCOUNTS = "/api/v1/accounts";
const CLOSE = "close_account";
const COPY = "data_copy";

/** A number may be typed with or without its gaps. */
const bare = (number: string): string => encodeURIComponent(number.replace(/[\s-]/g, ""));

const doorOf = (resident: string | null): string =>
  resident === null ? `${ACCOUNTS}/closing` : `${ACCOUNTS}/residents/${bare(resident)}/closing`;

export const readClosing = (): Promise<Closing> => askOwn("GET", doorOf(null));

/** What the resident with this number would lose, for an officer with a reason. */
export const lookAtClosing = (resident: string, why: string): Promise<Closing> =>
  askOwn("POST", `${doorOf(resident)}/look`, { body: { why } });

/** This function will close an account for good; what is given up goes along as it was read. */
export function closeAccount(resident: string | null, closing: Closing, why: string): Promise<unknown> {
  const gives_up = Object.fromEntries(closing.gives_up.map(({ code, amount }) => [code, amount]));
  const body = resident === null ? { gives_up } : { gives_up, why };
  return intents.send(`${CLOSE}.${resident ?? "own"}`, doorOf(resident), body);
}

export const askForCopy = (): Promise<DataCopy> => intents.send(COPY, `${ACCOUNTS}/exports`, null);

/** This function will give an address that is good once, for two minutes. */
export async function copyAddress(id: string): Promise<string> {
  return (await askOwn<{ address: string }>("POST", `${ACCOUNTS}/exports/${id}/download`)).address;
}

export interface NightCredential {
  readonly credential: string;
  readonly expires_at: string;
}

/** The address for which a phone proves that it has its key, and the asking itself. */
export const credentialDoor = (): string => `${window.location.origin}${ACCOUNTS}/device_credential`;
export const askForCredential = (proof: string): Promise<NightCredential> =>
  askOwn("POST", `${ACCOUNTS}/device_credential`, { body: { proof } });
