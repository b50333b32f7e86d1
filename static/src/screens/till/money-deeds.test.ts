import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as wallet from "../../api/wallet";
import { speak, speakAlso } from "../../i18n";
import { amountInDoubt, doubts, NAMES, newCharge } from "./money-deeds";

const silence = (): Promise<Response> => Promise.reject(new TypeError("network"));
let bodies: string[] = [];
let keys: string[] = [];
let reply: () => Promise<Response> = silence;

beforeEach(async () => {
  await speak("ja");
  await speakAlso("work");
  sessionStorage.clear();
  document.cookie = "csrftoken=abc";
  bodies = [];
  keys = [];
  reply = silence;
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    bodies.push(String(init.body));
    keys.push(new Headers(init.headers).get("Idempotency-Key") ?? "");
    return reply();
  });
});
afterEach(() => vi.unstubAllGlobals());

const lost = (sent: Promise<unknown>): Promise<unknown> => expect(sent).rejects.toThrow("no answer");

describe("deeds whose outcome is unknown", () => {
  test("are kept under the names this till looks for, and lead to where they are found out", async () => {
    await lost(wallet.chargeCustomer("shop", "code", 500));
    await lost(wallet.topUp("shop", "code", 3000));
    await lost(wallet.hold("shop", "code", 2000));
    await lost(wallet.refund("pay", 200));
    await lost(wallet.voidPayment("pay"));
    await lost(wallet.captureHold("hold", 1500));
    await lost(wallet.releaseHold("hold"));
    expect(Object.fromEntries(doubts().map(({ name, at, amount }) => [name, [at, amount]]))).toEqual({
      [NAMES.take("shop")]: ["take", 500],
      [NAMES.topUp("shop")]: ["top-up/customer", 3000],
      [NAMES.hold("shop")]: ["holds/new/customer", 2000],
      [NAMES.refund("pay")]: ["payments/pay/refund", 200],
      [NAMES.void("pay")]: ["payments/pay", null],
      [NAMES.capture("hold")]: ["holds/hold", 1500],
      [NAMES.release("hold")]: ["holds/hold", null],
    });
  });

  test("a lost charge is none of them: it moved nothing", async () => {
    await lost(wallet.openCharge("shop", 500));
    expect(amountInDoubt(NAMES.charge("shop"))).toBe(500);
    expect(doubts()).toEqual([]);
  });
});

describe("showing a code after the answer to the first try was lost", () => {
  test("for the same amount the same charge is asked for", async () => {
    await lost(newCharge("shop", 500));
    await lost(newCharge("shop", 500));
    expect(new Set(keys).size).toBe(1);
  });

  test("for another amount a new one is made, so that the till never shows a sum that was not typed", async () => {
    await lost(newCharge("shop", 500));
    reply = () => Promise.resolve(new Response('{"id":"c","amount":700}', { status: 201 }));
    expect(await newCharge("shop", 700)).toEqual({ id: "c", amount: 700 });
    expect(bodies).toEqual(['{"amount":500}', '{"amount":700}']);
    expect(new Set(keys).size).toBe(2);
  });
});
