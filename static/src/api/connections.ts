import type { DataClass } from "./consents";
import { ask } from "./http";
import type { Page } from "./types";

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  /** What it asked for when I connected it. */
  readonly classes: readonly string[];
  /** What it may read at this moment, and the agreement under which each is taken back. */
  readonly reads: readonly { readonly data_class: DataClass; readonly agreement_id: string; readonly since: string }[];
  readonly connected_at: string;
  readonly last_used_at: string;
}

const CONNECTIONS = "/api/v1/accounts/connections";

export const myConnections = (): Promise<Page<Connection>> => ask("GET", `${CONNECTIONS}?limit=200`);
export const disconnect = (id: string): Promise<null> => ask("DELETE", `${CONNECTIONS}/${id}`);
