import { afterEach, describe, expect, test, vi } from "vitest";
import { Intents } from "./intents";
import { NoAnswerError, ProblemError } from "./problems";

class MemoryShelf {
  private readonly held = new Map<string, string>();
  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.held.set(key, value);
  }
  removeItem(key: string): void {
    this.held.delete(key);
  }
}

const RECEIPT = { id: "p1", amount: 500 };
type Reply = () => Promise<Response>;

/** A city that answers from a list and remembers the keys and bodies it was sent. */
function city(...replies: Reply[]): { keys: string[]; bodies: string[] } {
  document.cookie = "csrftoken=abc";
  const seen = { keys: [] as string[], bodies: [] as string[] };
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    seen.keys.push(new Headers(init.headers).get("Idempotency-Key") ?? "");
    seen.bodies.push(String(init.body));
    const reply = replies.shift();
    if (!reply) throw new Error("asked once too often");
    return reply();
  });
  return seen;
}

const paid: Reply = () => Promise.resolve(new Response(JSON.stringify(RECEIPT), { status: 201 }));
const silence: Reply = () => Promise.reject(new TypeError("network"));
const broken: Reply = () => Promise.resolve(new Response("", { status: 502 }));
const poor: Reply = () =>
  Promise.resolve(new Response(JSON.stringify({ code: "insufficient_funds", title: "残高が足りません" }), { status: 409 }));

afterEach(() => vi.unstubAllGlobals());

describe("a resident pays", () => {
  test("a double tap sends once and both taps see the same receipt", async () => {
    const seen = city(paid);
    const intents = new Intents(new MemoryShelf());
    const answers = await Promise.all([
      intents.send("payment", "/pay", { code: "c", amount: 500 }),
      intents.send("payment", "/pay", { code: "c", amount: 500 }),
    ]);
    expect(answers).toEqual([RECEIPT, RECEIPT]);
    expect(seen.keys).toHaveLength(1);
  });

  test("after silence the retry carries the same key and body, even after a reload", async () => {
    const seen = city(silence, broken, paid);
    const shelf = new MemoryShelf();
    await expect(new Intents(shelf).send("payment", "/pay", { code: "c", amount: 500 })).rejects.toBeInstanceOf(NoAnswerError);
    const reloaded = new Intents(shelf);
    expect(reloaded.unresolved("payment")?.body).toEqual({ code: "c", amount: 500 });
    await expect(reloaded.again("payment")).rejects.toBeInstanceOf(NoAnswerError);
    expect(await reloaded.again("payment")).toEqual(RECEIPT);
    expect(new Set(seen.keys).size).toBe(1);
    expect(new Set(seen.bodies).size).toBe(1);
    expect(reloaded.unresolved("payment")).toBeNull();
  });

  test("asking for another amount while the first is unknown resolves the first", async () => {
    const seen = city(silence, paid);
    const intents = new Intents(new MemoryShelf());
    await expect(intents.send("payment", "/pay", { amount: 500 })).rejects.toBeInstanceOf(NoAnswerError);
    await intents.send("payment", "/pay", { amount: 600 });
    expect(seen.bodies).toEqual(['{"amount":500}', '{"amount":500}']);
  });

  test("a refusal ends the intention; the next one gets a key of its own", async () => {
    const seen = city(poor, paid);
    const intents = new Intents(new MemoryShelf());
    const refusal = intents.send("payment", "/pay", { amount: 500 });
    await expect(refusal).rejects.toBeInstanceOf(ProblemError);
    await expect(refusal).rejects.toMatchObject({ code: "insufficient_funds", status: 409 });
    expect(intents.unresolved("payment")).toBeNull();
    await intents.send("payment", "/pay", { amount: 500 });
    expect(new Set(seen.keys).size).toBe(2);
  });

  test("when the session ran out before the retry, the payment stays in doubt until the person is back", async () => {
    const stranger: Reply = () => Promise.resolve(new Response('{"code":"not_signed_in"}', { status: 401 }));
    const seen = city(silence, stranger, paid);
    const intents = new Intents(new MemoryShelf());
    await expect(intents.send("payment", "/pay", { amount: 500 })).rejects.toBeInstanceOf(NoAnswerError);
    await expect(intents.again("payment")).rejects.toMatchObject({ code: "not_signed_in" });
    expect(await intents.again("payment")).toEqual(RECEIPT);
    expect(new Set(seen.keys).size).toBe(1);
  });

  test("two payments one after the other have two keys", async () => {
    const seen = city(paid, paid);
    const intents = new Intents(new MemoryShelf());
    await intents.send("payment", "/pay", { amount: 500 });
    await intents.send("payment", "/pay", { amount: 500 });
    expect(new Set(seen.keys).size).toBe(2);
  });
});
