import { expect, test } from "vitest";
import type { Entry } from "../../api/types";
import { byDay, merged } from "./history-days";

const entry = (id: string, occurred_at: string): Entry => ({
  id,
  kind: "payment",
  direction: "out",
  amount: 500,
  currency: "KJC",
  occurred_at,
  shop_name: "くま川商店",
  shop_name_en: "Kumagawa Shop",
  payment_id: id,
  receipt_number: null,
});

test("a payment one minute after midnight in Japan stands under the new day", () => {
  const late = entry("a", "2026-11-20T14:59:00Z");
  const early = entry("b", "2026-11-20T15:01:00Z");
  expect(byDay([early, late])).toEqual([
    { day: "2026-11-21", entries: [early] },
    { day: "2026-11-20", entries: [late] },
  ]);
});

test("an entry that came live and again with a page stands there once, newest first", () => {
  const older = entry("a", "2026-11-20T01:00:00Z");
  const newer = entry("b", "2026-11-21T01:00:00Z");
  expect(merged([newer, older], [newer]).map((each) => each.id)).toEqual(["b", "a"]);
  expect(merged([older], [newer]).map((each) => each.id)).toEqual(["b", "a"]);
});
