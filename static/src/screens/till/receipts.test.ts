import { describe, expect, test } from "vitest";
import type { Receipt } from "../../api/types";
import { byDay, kept, laid, reachesBefore, voidable } from "./receipts";

const paid = (id: string, amount: number, paid_at: string): Receipt => ({
  id,
  receipt_number: id,
  status: "paid",
  amount,
  discount: 0, refunded: 0,
  currency: "KJC",
  paid_at,
  shop: { id: "s", name: "くま川商店", name_en: "Kumagawa Store" },
  version: 1,
});

/** 23:59:59.999 and 00:00 in Japan. */
const LATE = paid("late", 300, "2026-11-20T14:59:59.999Z");
const MIDNIGHT = paid("midnight", 500, "2026-11-20T15:00:00Z");
const NOON = paid("noon", 1200, "2026-11-21T03:00:00Z");

describe("the book", () => {
  test("a newer version replaces, an older or equal one changes nothing", () => {
    const refunded: Receipt = { ...NOON, status: "refunded", refunded: 1200, version: 3 };
    const book = laid([NOON, MIDNIGHT], [refunded]);
    expect(book).toEqual([refunded, MIDNIGHT]);
    expect(laid(book, [{ ...NOON, version: 2 }])).toBe(book);
    expect(laid(book, [{ ...refunded, refunded: 1 }])).toBe(book);
  });

  test("stays newest first however receipts arrive, and two in one instant stand by id", () => {
    const twin = paid("zz", 100, NOON.paid_at);
    expect(laid([LATE], [NOON, MIDNIGHT, twin]).map((each) => each.id)).toEqual(["zz", "noon", "midnight", "late"]);
  });

  test("is laid under days", () => {
    expect(byDay([NOON, MIDNIGHT, LATE])).toEqual([
      { day: "2026-11-21", receipts: [NOON, MIDNIGHT] },
      { day: "2026-11-20", receipts: [LATE] },
    ]);
  });

  test("a page completes a day once it reaches back before it", () => {
    expect(reachesBefore([NOON, MIDNIGHT], "2026-11-21")).toBe(false);
    expect(reachesBefore([NOON, LATE], "2026-11-21")).toBe(true);
    expect(reachesBefore([], "2026-11-21")).toBe(false);
  });
});

describe("giving back", () => {
  test("a payment is voidable only untouched and on its day", () => {
    expect(voidable(MIDNIGHT, new Date("2026-11-21T14:59:59.999Z"))).toBe(true);
    expect(voidable(MIDNIGHT, new Date("2026-11-21T15:00:00Z"))).toBe(false);
    expect(voidable({ ...MIDNIGHT, status: "partly_refunded" }, new Date("2026-11-21T01:00:00Z"))).toBe(false);
  });

  test("what can go back is what is still kept", () => {
    expect(kept({ ...NOON, status: "partly_refunded", refunded: 200 })).toBe(1000);
    expect(kept({ ...NOON, status: "voided", refunded: 0 })).toBe(0);
  });
});
