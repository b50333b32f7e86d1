/** The resident's money as the screens show it: live while connected, asked for when not, remembered when offline. */
import { effect, signal, untracked } from "@preact/signals";
import { acting, whose } from "../api/acting";
import type { Balance, Coin, Entry } from "../api/types";
import { readBalance, readCoin, readHistory } from "../api/wallet";
import type { FeedState } from "../live/feed";
import { foldMine, type Mine } from "../live/wallet";
import { recall, remember } from "../offline/memory";
import { openFeed } from "./live";
import { onBack } from "./network";
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
  const asked = whose();
  try {
    const [balance, history] = await Promise.all([readBalance(), readHistory(null)]);
    if (whose() !== asked) return; // an answer about somebody else is nobody's here
    walletTrouble.value = null;
    if (mine.value && mine.value.balance.version > balance.version) return;
    const before = mine.value;
    mine.value = { balance, entries: history.results };
    if (asked !== null && before) celebrate(before, history.results);
  } catch (error) {
    if (whose() === asked) walletTrouble.value = error;
  }
}

/** Without a feed, the newest entry is the one that was not there when it was asked before. */
function celebrate(before: Mine, now: readonly Entry[]): void {
  const [newest] = now;
  if (newest && !before.entries.some((each) => each.id === newest.id)) newestEntry.value = newest;
}

const POLL_MS = 5_000;

/** Another's wallet has no live feed here, which is the sign-in's own: it is asked again and again while somebody looks. */
function poll(): () => void {
  if (!acting.peek()?.scopes.includes("wallet")) return () => undefined;
  const look = (): void => {
    if (document.visibilityState === "visible") void refresh();
  };
  void refresh();
  const timer = setInterval(look, POLL_MS);
  const stop = onBack(look);
  return () => {
    clearInterval(timer);
    stop();
  };
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

/** This function will keep the wallet of whom the phone is used for; call the returned function to stop. */
export function watchWallet(): () => void {
  let close: (() => void) | null = null;
  let watched: string | null = null;
  const following = effect(() => {
    const person = session.value.kind === "in" ? (acting.value?.person ?? "oneself") : null;
    if (person === watched) return;
    watched = person;
    close?.();
    mine.value = null;
    newestEntry.value = null;
    walletTrouble.value = null;
    close = person === null ? null : untracked(() => (person === "oneself" ? follow() : poll()));
  });
  const remembering = effect(() => {
    // What this phone keeps for a day without network is its owner's alone.
    if (mine.value && whose() === null) remember({ balance: mine.value.balance, balanceAt: new Date().toISOString() });
  });
  return () => {
    following();
    remembering();
    close?.();
  };
}

export async function startCoin(): Promise<void> {
  coin.value ??= await readCoin();
}
