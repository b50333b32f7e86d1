/** The resident's money as the screens show it: live while connected, asked for when not, remembered when offline. */
import { effect, signal } from "@preact/signals";
import type { Balance, Coin, Entry } from "../api/types";
import { readBalance, readCoin, readHistory } from "../api/wallet";
import type { FeedState } from "../live/feed";
import { foldMine, type Mine } from "../live/wallet";
import { recall, remember } from "../offline/memory";
import { openFeed } from "./live";
import { session } from "./session";

export const mine = signal<Mine | null>(null);
export const mineState = signal<FeedState>("connecting");
/** The entry that arrived last while the app was open; a screen may celebrate it. */
export const newestEntry = signal<Entry | null>(null);
/** Why there is no balance to show, when neither the feed nor the question for it succeeded. */
export const walletTrouble = signal<unknown>(null);
export const coin = signal<Coin | null>(null);

/** This function will ask for balance and history over HTTP, for a phone whose live feed does not open. */
export async function refresh(): Promise<void> {
  try {
    const [balance, history] = await Promise.all([readBalance(), readHistory(null)]);
    walletTrouble.value = null;
    if (mine.value && mine.value.balance.version > balance.version) return;
    mine.value = { balance, entries: history.results };
  } catch (error) {
    walletTrouble.value = error;
  }
}

function follow(): () => void {
  return openFeed("wallet.mine", {
    snapshot: (snapshot) => {
      mine.value = snapshot as Mine;
      walletTrouble.value = null;
    },
    event: (event) => {
      if (!mine.value) return;
      const folded = foldMine(mine.value, event);
      if (folded === mine.value) return;
      mine.value = folded;
      if (event.type === "entry.added") newestEntry.value = (event.data as { entry: Entry }).entry;
    },
    state: (state) => {
      mineState.value = state;
      if (state === "lost") void refresh();
    },
  });
}

/** What to show: the live balance, or the remembered one with the time when it was true. */
export function shownBalance(): { balance: Balance; at: Date | null } | null {
  if (mine.value) return { balance: mine.value.balance, at: null };
  const kept = recall();
  if (session.value.kind !== "remembered" || !kept?.balance || !kept.balanceAt) return null;
  return { balance: kept.balance, at: new Date(kept.balanceAt) };
}

export function watchWallet(): void {
  let close: (() => void) | null = null;
  effect(() => {
    const signedIn = session.value.kind === "in";
    if (signedIn === (close !== null)) return;
    close?.();
    close = signedIn ? follow() : null;
    if (!signedIn) {
      mine.value = null;
      newestEntry.value = null;
      walletTrouble.value = null;
    }
  });
  effect(() => {
    if (mine.value) remember({ balance: mine.value.balance, balanceAt: new Date().toISOString() });
  });
}

export async function startCoin(): Promise<void> {
  coin.value ??= await readCoin();
}
