import { describe, expect, test } from "vitest";
import type { Balance, Entry, Receipt } from "../api/types";
import type { FeedEvent } from "./feed";
import { foldMine, foldTill, KEPT, type Mine, type Till } from "./wallet";

/** A small reproducible dice (mulberry32), so that a failure can be replayed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const at = (step: number): string => new Date(Date.UTC(2026, 10, 21) + step * 1000).toISOString();
const balance = (version: number, available: number): Balance => ({ currency: "KJC", available, held: 0, version, lots: [] });
const entry = (step: number): Entry => ({
  id: `e${String(step).padStart(5, "0")}`,
  kind: "payment",
  direction: "out",
  amount: step + 1,
  currency: "KJC",
  occurred_at: at(step),
  shop_name: "くま川商店",
  shop_name_en: "Kumagawa Shop",
  payment_id: `p${step}`,
  receipt_number: `R${step}`,
});
const receipt = (step: number): Receipt => ({
  id: `p${String(step).padStart(5, "0")}`,
  receipt_number: `R${step}`,
  status: "paid",
  amount: 100,
  discount: 0, refunded: 0,
  currency: "KJC",
  paid_at: at(step),
  shop: { id: "s", name: "くま川商店", name_en: "Kumagawa" },
  version: 1,
});

/** Events arrive at least once, and neighbours may swap; this plays such a network. */
function delivered(events: readonly FeedEvent[], roll: () => number): FeedEvent[] {
  const sent = events.flatMap((event) => (roll() < 0.2 ? [event, event] : [event]));
  for (let index = 1; index < sent.length; index += 1) {
    const before = sent[index - 1];
    const here = sent[index];
    if (before && here && roll() < 0.2) [sent[index - 1], sent[index]] = [here, before];
  }
  return sent;
}

describe("old snapshot + events = fresh snapshot", () => {
  test.each([1, 7, 2026])("for a resident, with repeats and swaps (seed %i)", (seed) => {
    const roll = dice(seed);
    let money = 10_000;
    const all: Entry[] = [];
    const events: FeedEvent[] = [];
    const old: Mine = { balance: balance(0, money), entries: [] };
    for (let step = 0; step < 60; step += 1) {
      const made = entry(step);
      money -= made.amount;
      all.unshift(made);
      events.push({ type: "balance.changed", data: { balance: balance(step + 1, money) } });
      events.push({ type: "entry.added", data: { entry: made } });
    }
    const fresh: Mine = { balance: balance(60, money), entries: all.slice(0, KEPT) };
    expect(delivered(events, roll).reduce(foldMine, old)).toEqual(fresh);
  });

  test.each([1, 7, 2026])("for a till, whose receipts change while new ones come (seed %i)", (seed) => {
    const roll = dice(seed);
    const world: Receipt[] = [];
    const events: FeedEvent[] = [];
    for (let step = 0; step < 80; step += 1) {
      const index = Math.floor(roll() * Math.min(world.length, 30));
      const held = world[index];
      let changed = receipt(step);
      if (held && roll() < 0.3) {
        changed = { ...held, status: "partly_refunded", refunded: held.refunded + 1, version: held.version + 1 };
        world[index] = changed;
      } else {
        world.unshift(changed);
      }
      events.push({ type: "payment.changed", data: { receipt: changed } });
    }
    const old: Till = { payments: [] };
    expect(delivered(events, roll).reduce(foldTill, old).payments).toEqual(world.slice(0, KEPT));
  });

  test("an event of a kind this app does not know changes nothing", () => {
    const old: Mine = { balance: balance(3, 50), entries: [entry(1)] };
    expect(foldMine(old, { type: "weather.changed", data: {} })).toBe(old);
  });
});
