import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recallGoing, rememberGoing, USUAL } from "../offline/going";
import { recall, remember } from "../offline/memory";
import { playCity } from "../test-stage";
import { readMe } from "../api/accounts";
import { arrive, leave, managesCity, ranOut, runsTill, session, startSession, watchSession, worksAtCounter } from "./session";

const ME = {
  resident_id: "r",
  display_name: "花子",
  language: "xx",
  level: 1,
  roles: [],
  organisations: [{ id: "o", name: "くま川商店", role: "merchant.cashier" }],
  email: null,
  phone: null,
};
const BALANCE = { currency: "JPY", available: 500, held: 0, version: 1, lots: [] };

beforeEach(() => localStorage.clear());
afterEach(() => {
  session.value = { kind: "unknown" };
  localStorage.clear();
  vi.unstubAllGlobals();
});

test("without an answer, a phone that was signed in shows what it remembers; a stranger's phone shows nothing", async () => {
  playCity(() => "silence");
  await startSession();
  expect(session.value).toEqual({ kind: "out" });
  remember({ name: "花子", balance: BALANCE, balanceAt: "2026-11-21T03:00:00Z" });
  await startSession();
  expect(session.value).toEqual({ kind: "remembered", name: "花子" });
});

test("when the city no longer knows the person, what the phone remembers is erased", async () => {
  remember({ name: "花子", balance: BALANCE });
  playCity(() => ({ status: 401, body: { code: "not_signed_in" } }));
  await startSession();
  expect(session.value.kind).toBe("out");
  expect(recall()).toBeNull();
});

test("where somebody went and how leaves the phone with them; who never signed in keeps their own", async () => {
  playCity(() => ({ status: 401, body: { code: "not_signed_in" } }));
  rememberGoing({ ...USUAL, mostWalkMinutes: 30 });
  await startSession();
  expect(recallGoing().mostWalkMinutes).toBe(30);
  remember({ name: "花子" });
  await startSession();
  expect(recallGoing()).toEqual(USUAL);
  rememberGoing({ ...USUAL, walk: "wheelchair" });
  arrive(ME);
  await leave().catch(() => undefined);
  expect(recallGoing()).toEqual(USUAL);
});

test("signing out without a connection erases the phone now and signs out there later", async () => {
  arrive(ME);
  playCity(() => "silence");
  await expect(leave()).rejects.toThrow();
  expect(session.value.kind).toBe("out");
  expect(recall()).toBeNull();
  const asked = playCity(() => ({ status: 401, body: {} }));
  await startSession();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /_allauth/browser/v1/auth/session");
  expect(session.value.kind).toBe("out");
});

test("when the sign-in is ended elsewhere, the next question to the city opens the front door", async () => {
  watchSession();
  arrive(ME);
  remember({ balance: BALANCE });
  playCity(() => ({ status: 401, body: { code: "not_signed_in" } }));
  await expect(readMe()).rejects.toMatchObject({ code: "not_signed_in" });
  expect([session.value.kind, ranOut.value, recall()]).toEqual(["out", true, null]);
});

test("a cashier has a till, an officer a counter, an administrator the administration, and none has another's", () => {
  arrive(ME);
  expect([runsTill.value, worksAtCounter.value]).toEqual([true, false]);
  arrive({ ...ME, organisations: [{ id: "c", name: "市", role: "city.officer" }] });
  expect([runsTill.value, worksAtCounter.value]).toEqual([false, true]);
  arrive({ ...ME, organisations: [{ id: "c", name: "市", role: "city.administrator" }] });
  expect([runsTill.value, worksAtCounter.value, managesCity.value]).toEqual([false, false, true]);
  arrive({ ...ME, organisations: [] });
  expect([runsTill.value, worksAtCounter.value]).toEqual([false, false]);
});
