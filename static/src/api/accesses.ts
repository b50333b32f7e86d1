import { ask } from "./http";
import type { Looked, Page, Proof, PublicKey } from "./types";

export type Kind = "others" | "city_system" | "office" | "partner" | "delegate" | "self";

/** Who looked at my data, newest first: one kind, or everybody. */
export function readAccesses(by: Kind | null, cursor: string | null): Promise<Page<Looked>> {
  const query = new URLSearchParams({ ...(by === null ? {} : { by }), ...(cursor === null ? {} : { cursor }) });
  return ask("GET", `/api/v1/accounts/accesses?${query.toString()}`);
}

export const readProof = (id: string, since: number): Promise<Proof> =>
  ask("GET", `/api/v1/accounts/accesses/${id}/proof?since=${since}`);

export const readLogKeys = (): Promise<{ keys: readonly PublicKey[] }> => ask("GET", "/.well-known/machi/log/keys");
