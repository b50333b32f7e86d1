/** The town's shops, and what was asked of them: kept while the app is open, so that coming back finds the list as it was left. */
import { signal } from "@preact/signals";
import { townShops, type Point, type TownShop } from "../../api/shops";
import type { Wish } from "./search";

const FRESH_MS = 60_000;

export const NO_WISH: Wish = { words: "", group: "all", openOnly: false, here: null };
export const wish = signal<Wish>(NO_WISH);
export const shops = signal<readonly TownShop[] | null>(null);
/** The corners of the town's outline, once the shops are known. */
export const outline = signal<readonly Point[]>([]);
let askedAt = 0;

/** This function will ask for the shops unless that was done within the minute. */
export async function loadTownShops(now: number = Date.now()): Promise<void> {
  if (shops.peek() !== null && now - askedAt < FRESH_MS) return;
  const told = await townShops();
  outline.value = told.outline ?? []; // an answer kept by an older app has none
  shops.value = told.results;
  askedAt = now;
}
