import { describe, expect, test } from "vitest";
import type { Hold } from "../../api/types";
import { holdIsOver, KeptHolds } from "./kept-holds";

function shelf(start: Record<string, string> = {}): Pick<Storage, "getItem" | "setItem"> {
  const held = new Map(Object.entries(start));
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
}

const NOW = new Date("2026-11-21T05:00:00Z");
const hold = (id: string, expires_at: string): Hold => ({ id, amount: 3000, status: "held", expires_at });
const OPEN = hold("a", "2026-11-23T05:00:00Z");

describe("the holds of this till", () => {
  test("are kept, the newest first, and each shop has its own", () => {
    const kept = new KeptHolds(shelf());
    const second = hold("b", "2026-11-24T05:00:00Z");
    kept.keep("shop", OPEN);
    kept.keep("shop", second);
    expect(kept.open("shop", NOW)).toEqual([second, OPEN]);
    expect(kept.open("other", NOW)).toEqual([]);
    expect(kept.find("shop", "a")).toEqual(OPEN);
  });

  test("leave when they are released or taken", () => {
    const kept = new KeptHolds(shelf());
    kept.keep("shop", OPEN);
    kept.keep("shop", { ...OPEN, status: "released" });
    expect(kept.open("shop", NOW)).toEqual([]);
    kept.keep("shop", OPEN);
    kept.forget("shop", "a");
    expect(kept.find("shop", "a")).toBeNull();
  });

  test("stay for a day after their end, so that a shop sees that the money went back", () => {
    const kept = new KeptHolds(shelf());
    const past = hold("past", "2026-11-21T04:59:59Z");
    const longPast = hold("long", "2026-11-20T04:59:59Z");
    kept.keep("shop", longPast);
    kept.keep("shop", past);
    expect(kept.open("shop", NOW)).toEqual([past]);
    expect(holdIsOver(past, NOW)).toBe(true);
    expect(holdIsOver(OPEN, NOW)).toBe(false);
  });

  test("a spoilt shelf is an empty one", () => {
    expect(new KeptHolds(shelf({ "machi.till.holds.shop": "{broken" })).open("shop", NOW)).toEqual([]);
    expect(new KeptHolds(shelf({ "machi.till.holds.shop": "7" })).open("shop", NOW)).toEqual([]);
  });
});
