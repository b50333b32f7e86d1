import { expect, test } from "vitest";
import { dayText, daysBetween, jstDay, momentText, timeText } from "./dates";

const NOW = new Date("2026-11-21T03:00:00Z");

test("the day changes at midnight in Japan, which is 15:00 UTC", () => {
  expect(jstDay(new Date("2026-11-20T14:59:59.999Z"))).toBe("2026-11-20");
  expect(jstDay(new Date("2026-11-20T15:00:00.000Z"))).toBe("2026-11-21");
  expect(timeText(new Date("2026-11-20T15:00:00.000Z"))).toBe("00:00");
});

test("a day is said as 11月21日(土), with the year only when it is another", () => {
  expect(dayText("2026-11-21", "ja", NOW)).toBe("11月21日(土)");
  expect(dayText("2027-05-01", "ja-easy", NOW)).toBe("2027年5月1日(土)");
  expect(dayText("2026-11-21", "en", NOW)).toBe("Sat 21 Nov");
  expect(dayText("2027-05-01", "en", NOW)).toBe("Sat, 1 May 2027");
  expect(dayText("2026-11-21", "zh-hans", NOW)).toContain("11月21日");
  expect(dayText("2026-11-21", "ko", NOW)).toContain("11월 21일");
});

test("a moment is a day and a time in Japan", () => {
  expect(momentText(new Date("2026-11-21T05:07:00Z"), "ja", NOW)).toBe("11月21日(土) 14:07");
});

test("days are counted by the calendar", () => {
  expect(daysBetween("2026-11-21", "2026-11-21")).toBe(0);
  expect(daysBetween("2026-11-21", "2026-12-01")).toBe(10);
});
