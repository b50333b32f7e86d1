import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go, place } from "../../app/router";
import { session } from "../../state/session";
import { button, leaveStage, settled, show } from "../../test-stage";
import { Register, Start } from "./rooms";

const WAITING = { device_code: "secret", user_code: "BCDF-GHJK", verification_uri_complete: "/device?code=BCDF-GHJK", expires_in: 900, interval: 5 };
const HERE = { id: "d1", kind: "till", label: "入口のレジ", organisation_id: "o1", organisation: "店", organisation_en: "Shop" };
let became: { status: number; body: object };
let polls = 0;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout"] });
  localStorage.clear();
  polls = 0;
  session.value = { kind: "out" };
  vi.stubGlobal("fetch", async (path: string) => {
    if (path === "/identity/o/device_authorization") return new Response(JSON.stringify(WAITING));
    if (path === "/api/v1/accounts/devices/here") return new Response(JSON.stringify(HERE));
    polls += 1;
    return new Response(JSON.stringify(became.body), { status: became.status });
  });
  go("/till/register");
});
afterEach(() => {
  leaveStage();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
  session.value = { kind: "unknown" };
});

const passing = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test("a till that nobody signed in to offers to register itself", async () => {
  await show(<Start />);
  expect(button("このレジ端末を登録").getAttribute("href")).toBe("/till/register");
  expect(button("自分のIDでサインインする").getAttribute("href")).toBe("/sign-in?next=/till");
});

test("it shows its number, waits as long as it was told, and opens the till when it is let in", async () => {
  became = { status: 400, body: { error: "authorization_pending" } };
  const stage = await show(<Register />);
  await settled();
  expect(stage.textContent).toContain("BCDF-GHJK");
  await passing(4_000);
  expect(polls).toBe(0);
  await passing(1_100);
  expect(polls).toBe(1);
  became = { status: 200, body: { access_token: "a", refresh_token: "r", expires_in: 43_200 } };
  await passing(5_100);
  await settled();
  expect(session.value).toEqual({ kind: "device", device: HERE });
  expect(place.value.path).toBe("/till");
});

test("told to slow down, it waits five seconds longer", async () => {
  became = { status: 400, body: { error: "slow_down" } };
  await show(<Register />);
  await settled();
  await passing(5_100);
  await passing(9_000);
  expect(polls).toBe(1);
  await passing(1_200);
  expect(polls).toBe(2);
});

test("sent away, it says so and offers a new number", async () => {
  became = { status: 400, body: { error: "access_denied" } };
  const stage = await show(<Register />);
  await settled();
  await passing(5_100);
  await settled();
  expect(stage.textContent).toContain("登録されませんでした");
  expect(button("番号を出しなおす")).toBeTruthy();
});
