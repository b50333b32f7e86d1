/**
 * The little this phone keeps for a day without network: the last balance and the last code it was given.
 * Signing out empties it.
 */
import type { Balance, CustomerCode } from "../api/types";

export interface Memory {
  readonly name: string;
  readonly balance: Balance | null;
  /** When the balance was true, ISO 8601. */
  readonly balanceAt: string | null;
  readonly code: CustomerCode | null;
}

const KEY = "machi.offline";
const NOTHING: Memory = { name: "", balance: null, balanceAt: null, code: null };

export function recall(): Memory | null {
  const raw = localStorage.getItem(KEY);
  if (raw === null) return null;
  try {
    return { ...NOTHING, ...(JSON.parse(raw) as Partial<Memory>) };
  } catch {
    return null;
  }
}

export function remember(change: Partial<Memory>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...(recall() ?? NOTHING), ...change }));
}

export function forgetAll(): void {
  localStorage.removeItem(KEY);
}
