import { ask } from "./http";
import type { TownDevice } from "./devices";

const ACCOUNTS = "/api/v1/accounts";

export interface PublicNotice {
  readonly id: string;
  readonly category: string;
  readonly priority: "normal" | "life";
  readonly at: string;
  /** By language; Japanese is always there. */
  readonly texts: Readonly<Record<string, { readonly title: string; readonly body: string }>>;
}

export interface PublicNotices {
  readonly city: string;
  readonly city_en: string;
  readonly notices: readonly PublicNotice[];
}

export interface Board {
  readonly device: TownDevice;
  readonly doors: readonly { readonly name: string; readonly address: string }[];
  /** The path of a page that this screen shows instead, such as a stop's departures; null for none. */
  readonly shows: string | null;
}

export const publicNotices = (): Promise<PublicNotices> => ask("GET", `${ACCOUNTS}/public_notices`);
export const ownBoard = (): Promise<Board> => ask("GET", `${ACCOUNTS}/devices/here/board`);
