import { ask } from "./http";
import type { Page } from "./types";

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly classes: readonly string[];
  readonly connected_at: string;
  readonly last_used_at: string;
}

const CONNECTIONS = "/api/v1/accounts/connections";

export const myConnections = (): Promise<Page<Connection>> => ask("GET", `${CONNECTIONS}?limit=200`);
export const disconnect = (id: string): Promise<null> => ask("DELETE", `${CONNECTIONS}/${id}`);
