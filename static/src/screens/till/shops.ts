/** The shops whose till this person may run, and the one they ran last on this device. */
import { effect, signal } from "@preact/signals";
import type { TillShop } from "../../api/types";
import { myShops } from "../../api/wallet";
import { session, type Session } from "../../state/session";

export type Right = "charge" | "refund" | "top_up" | "statements" | "describe" | "settlements" | "close_day" | "coupons" | "ceiling";

export type Shops =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly shops: readonly TillShop[] }
  | { readonly kind: "failed"; readonly error: unknown };

export const shops = signal<Shops>({ kind: "loading" });
let asked: Promise<void> | null = null;

/** This function will ask once for my shops; call it again after a failure. */
export function loadShops(): void {
  if (shops.peek().kind === "known") return;
  shops.value = { kind: "loading" };
  asked ??= myShops().then(
    ({ results }) => {
      asked = null;
      shops.value = { kind: "known", shops: results };
    },
    (error: unknown) => {
      asked = null;
      shops.value = { kind: "failed", error };
    },
  );
}

const who = (one: Session): string | null =>
  one.kind === "in" ? one.me.resident_id : one.kind === "device" ? one.device.id : null;

/** What one person may run is nobody else's: another sign-in asks anew. */
export function watchPerson(): void {
  let before = session.peek();
  effect(() => {
    if (session.value === before) return;
    const same = who(session.value) !== null && who(session.value) === who(before);
    before = session.value;
    if (!same) shops.value = { kind: "loading" };
  });
}

export const may = (shop: TillShop, right: Right): boolean => shop.may.includes(right);

const LAST = "machi.till.shop";

export const lastShop = (): string | null => localStorage.getItem(LAST);
export const keepLastShop = (id: string): void => localStorage.setItem(LAST, id);

/** This function will say which till to open without asking: the only one, or the one run last; null when a person must choose. */
export function obviousShop(mine: readonly TillShop[], last: string | null): TillShop | null {
  if (mine.length === 1) return mine[0] ?? null;
  return mine.find((shop) => shop.id === last) ?? null;
}
