import { expect, test } from "vitest";
import type { Message } from "../api/messages";
import { foldInbox, KEPT, together, type Inbox } from "./inbox";

const message = (step: number, version = 1): Message => ({
  id: `m${String(step).padStart(3, "0")}`,
  category: "city",
  priority: "normal",
  title: `${step}`,
  body: "",
  link: "",
  language: "ja",
  at: new Date(Date.UTC(2026, 10, 21) + step * 1000).toISOString(),
  is_read: version === 2,
  version,
});
const EMPTY: Inbox = { messages: [], unread: { unread: 0, version: 1 } };
const changed = (step: number, version = 1) => ({ type: "message.changed", data: { message: message(step, version) } });
const counted = (unread: number, version: number) => ({ type: "unread.changed", data: { unread: { unread, version } } });

test("whatever order events come in, and however often, the phone shows the same", () => {
  const events = [changed(1), changed(2), counted(2, 5), changed(1, 2), counted(1, 6)];
  const shown = [events, [...events].reverse(), [...events, ...events]].map((each) => each.reduce(foldInbox, EMPTY));
  for (const each of shown) expect(each).toEqual(shown[0]);
  expect(shown[0]?.messages.map(({ title, is_read }) => [title, is_read])).toEqual([
    ["2", false],
    ["1", true],
  ]);
  expect(shown[0]?.unread).toEqual({ unread: 1, version: 6 });
});

test("as many are kept as a snapshot carries, the newest", () => {
  const full = Array.from({ length: 30 }, (_, step) => changed(step)).reduce(foldInbox, EMPTY);
  expect(full.messages).toHaveLength(KEPT);
  expect(full.messages[0]?.title).toBe("29");
});

test("what nobody knows yet changes nothing, and a repeated event gives the very same state", () => {
  const once = foldInbox(EMPTY, changed(1));
  expect(foldInbox(once, changed(1))).toBe(once);
  expect(foldInbox(once, { type: "from.a.newer.server", data: {} })).toBe(once);
});

test("a page read over HTTP never takes back what was read since", () => {
  expect(together([message(1, 2)], [message(1), message(0)]).map(({ is_read }) => is_read)).toEqual([true, false]);
});
