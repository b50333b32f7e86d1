import { afterEach, beforeEach, expect, test } from "vitest";
import type { DayFigures, DayReport } from "../../api/shop-days";
import type { Me } from "../../api/types";
import { go } from "../../app/router";
import { session } from "../../state/session";
import { leaveStage, playCity, press, settled, show, until, type Asked } from "../../test-stage";
import { monthBefore } from "./Days";
import { DayPage, Days, Payments } from "./rooms";
import { shops } from "./shops";

const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", organisation_id: "o1", may: ["charge", "close_day"] };
const ME = { resident_id: "r1", display_name: "", language: "ja", organisations: [], roles: [] } as unknown as Me;
const DAYS = "/api/v1/wallet/shops/s1/days";

const NOTHING: DayFigures = {
  payments: 0, customers: 0, city: 0, own: 0, refunds: 0, refunded: 0, refunded_city: 0,
  voids: 0, voided: 0, voided_city: 0, top_ups: 0, topped_up: 0,
};
const sums = (figures: Partial<DayFigures>, net: number, back = 0) => ({ figures: { ...NOTHING, ...figures }, paid: net + back, back, net });
const SOLD = sums({ payments: 3, customers: 1700, city: 300, own: 50, refunds: 1, refunded: 90, refunded_city: 10 }, 1900, 100);

let asked: readonly Asked[] = [];
let report: DayReport;
const text = (): string => document.body.textContent ?? "";

beforeEach(() => {
  sessionStorage.clear();
  report = { day: "2026-11-03", closed_at: null, digest: "", counted: SOLD, tills: [], late: [], total: SOLD };
  asked = playCity(({ method, path }) => {
    if (path === "/api/v1/wallet/shops") return { status: 200, body: { results: [SHOP] } };
    if (path.endsWith("/payments")) return { status: 200, body: { results: [], next: null } };
    if (path === `${DAYS}/today`) {
      const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
      return { status: 200, body: { day, sums: SOLD, closed_at: null, late: 0 } };
    }
    if (path.startsWith(`${DAYS}?month=`)) {
      return { status: 200, body: { results: [{ day: "2026-11-03", sums: SOLD, closed_at: null, late: 0 }] } };
    }
    if (path === `${DAYS}/2026-11-03` && method === "POST") {
      report = { ...report, closed_at: "2026-11-03T12:00:00Z", digest: "ab".repeat(32) };
      return { status: 201, body: report };
    }
    if (path === `${DAYS}/2026-11-03`) return { status: 200, body: report };
    return { status: 404, body: { code: "not_found" } };
  });
  session.value = { kind: "in", me: ME };
});

afterEach(() => {
  leaveStage();
  shops.value = { kind: "loading" };
  go("/");
  session.value = { kind: "out" };
});

test("the sum of today is the city's own, with the part that the city paid", async () => {
  go("/till/s1/payments");
  await show(<Payments values={{ shop: "s1" }} />);
  await until(() => text().includes("1,900"));
  expect(text()).toContain("うち市のクーポン分 300円");
  expect(text()).toContain("返金と取り消しの100円");
});

test("days stand month by month, each with what stays of it", async () => {
  go("/till/s1/days");
  await show(<Days values={{ shop: "s1" }} />);
  await until(() => text().includes("1,900"));
  expect(text()).toContain("まだ締めていません");
  await press("前の月を見る");
  await settled();
  expect(asked.filter(({ path }) => path.includes("month="))).toHaveLength(2);
  expect(monthBefore("2026-01")).toBe("2025-12");
});

test("a day is closed after one look, once, and then says when", async () => {
  go("/till/s1/days/2026-11-03");
  await show(<DayPage values={{ shop: "s1", day: "2026-11-03" }} />);
  await until(() => text().includes("この日を締める"));
  for (const words of ["1,700", "市のクーポン分", "300", "−100", "店のクーポンの値引き"]) expect(text()).toContain(words);
  await press("この日を締める");
  await press("この日を締める");
  await until(() => text().includes("に締めました"));
  const closings = asked.filter(({ method, path }) => method === "POST" && path.startsWith(DAYS));
  expect(closings.map(({ key }) => key !== null)).toEqual([true]);
});

test("what came after the closing stands below, with the sum of both", async () => {
  const late = { at: "2026-11-03T13:00:00Z", kind: "refund" as const, receipt_number: "R-9", customer: 18, city: 2 };
  report = { ...report, closed_at: "2026-11-03T12:00:00Z", late: [late], total: sums({ payments: 3, customers: 1700 }, 1880) };
  go("/till/s1/days/2026-11-03");
  await show(<DayPage values={{ shop: "s1", day: "2026-11-03" }} />);
  await until(() => text().includes("締めた後の取引"));
  expect(text()).toContain("−20");
  expect(text()).toContain("1,880");
  expect(text()).not.toContain("この日を締める");
});
