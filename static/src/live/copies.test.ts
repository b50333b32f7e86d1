import { expect, test } from "vitest";
import type { DataCopy } from "../api/types";
import { foldCopies, KEPT } from "./copies";

const copy = (id: string, hour: number, more: Partial<DataCopy> = {}): DataCopy => ({
  id,
  state: "waiting",
  done: 0,
  total: 3,
  requested_at: `2026-11-21T0${hour}:00:00Z`,
  expires_at: null,
  size: 0,
  ...more,
});

test("old snapshot + events = fresh snapshot", () => {
  const old = { exports: [copy("b", 2), copy("a", 1, { state: "gone" })] };
  const ready = copy("b", 2, { state: "ready", done: 3 });
  const events = [{ type: "export.changed", data: { export: copy("c", 3) } }, { type: "export.changed", data: { export: ready } }];
  expect(events.reduce(foldCopies, old).exports.map(({ id, state }) => [id, state])).toEqual([
    ["c", "waiting"],
    ["b", "ready"],
    ["a", "gone"],
  ]);
});

test("an event told twice changes nothing more, and the oldest make room", () => {
  const five = { exports: [5, 4, 3, 2, 1].map((hour) => copy(String(hour), hour)) };
  const event = { type: "export.changed", data: { export: copy("6", 6) } };
  const once = foldCopies(five, event);
  expect(foldCopies(once, event)).toEqual(once);
  expect(once.exports.map(({ id }) => id)).toEqual(["6", "5", "4", "3", "2"]);
  expect(once.exports).toHaveLength(KEPT);
});
