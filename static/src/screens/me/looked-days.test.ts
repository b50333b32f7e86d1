import { expect, test } from "vitest";
import type { Looked } from "../../api/types";
import { byDay } from "./looked-days";

let number = 0;
function look(at: string, kind: string, purpose = "accounts.my_profile"): Looked {
  number += 1;
  return {
    id: `e${number}`,
    at,
    sentence: `${kind}: ${purpose}`,
    who: { kind, name: "" },
    purpose: { code: purpose, words: "" },
    classes: [],
    reason: "",
    ground: kind,
    grants: null,
    consents: [],
    recipient: null,
    again: false,
  };
}

test("looks stand under the day in Japan, newest first", () => {
  const looks = [look("2026-11-21T15:00:00Z", "office"), look("2026-11-21T14:59:59Z", "office")];
  expect(byDay(looks).map(({ day, lines }) => [day, lines.length])).toEqual([
    ["2026-11-22", 1],
    ["2026-11-21", 1],
  ]);
});

test("what I, the city's system and a service do again and again on a day is folded, what an officer or a delegate does is not", () => {
  const looks = [
    look("2026-11-21T09:00:00Z", "self"),
    look("2026-11-21T08:30:00Z", "city_system"),
    look("2026-11-21T08:00:00Z", "office"),
    look("2026-11-21T07:30:00Z", "city_system"),
    look("2026-11-21T07:00:00Z", "self"),
    look("2026-11-21T06:40:00Z", "partner"),
    look("2026-11-21T06:30:00Z", "delegate"),
    look("2026-11-21T06:20:00Z", "partner"),
    look("2026-11-21T06:10:00Z", "delegate"),
    look("2026-11-21T06:00:00Z", "office"),
    look("2026-11-21T05:00:00Z", "self", "accounts.export"),
    look("2026-11-20T05:00:00Z", "self"),
  ];
  const days = byDay(looks);
  expect(days.map(({ lines }) => lines.map((line) => line.looks.length))).toEqual([[2, 2, 1, 2, 1, 1, 1, 1], [1]]);
  expect(days.flatMap(({ lines }) => lines.flatMap((line) => line.looks))).toHaveLength(looks.length);
});
