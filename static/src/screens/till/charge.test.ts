import { describe, expect, test } from "vitest";
import type { Charge } from "../../api/types";
import { nextCheckMs, stageOf, told } from "./charge";

const OPEN: Charge = { id: "c", code: "000201…", amount: 500, expires_at: "2026-11-21T05:05:00Z", status: "open", number: "0004 7712 96", payment_id: null };
const BEFORE = new Date("2026-11-21T05:04:59.999Z");
const AT = new Date("2026-11-21T05:05:00Z");

describe("a charge on the till", () => {
  test("is open until its time, then late: only the city says how it ended", () => {
    expect(stageOf(OPEN, BEFORE)).toBe("open");
    expect(stageOf(OPEN, AT)).toBe("late");
    expect(stageOf({ ...OPEN, status: "expired" }, BEFORE)).toBe("expired");
  });

  test("paid in its last second is paid, however late the till hears of it", () => {
    const paid: Charge = { ...OPEN, status: "paid" };
    expect(stageOf(told(OPEN, paid), AT)).toBe("paid");
  });

  test("once ended it never opens again, whatever an older answer says", () => {
    const paid: Charge = { ...OPEN, status: "paid" };
    expect(told(paid, OPEN)).toBe(paid);
    const cancelled: Charge = { ...OPEN, status: "cancelled" };
    expect(told(cancelled, { ...OPEN, status: "expired" })).toBe(cancelled);
  });

  test("keeps its code when an answer comes without one", () => {
    expect(told(OPEN, { ...OPEN, code: "" })).toEqual(OPEN);
    expect(told(null, { ...OPEN, code: "" }).code).toBe("");
  });
});

describe("asking again", () => {
  test("every two seconds while the feed is down, rarely while it is live", () => {
    expect(nextCheckMs("open", "lost")).toBe(2_000);
    expect(nextCheckMs("open", "connecting")).toBe(2_000);
    expect(nextCheckMs("open", "live")).toBe(15_000);
  });

  test("often once the time is over, and never after the end", () => {
    expect(nextCheckMs("late", "live")).toBe(2_000);
    expect(nextCheckMs("paid", "lost")).toBeNull();
    expect(nextCheckMs("expired", "live")).toBeNull();
    expect(nextCheckMs("cancelled", "live")).toBeNull();
  });
});
