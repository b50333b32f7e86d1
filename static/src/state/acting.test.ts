import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { changeMe, liveTicket, readMe, renameOther } from "../api/accounts";
import { readFamily } from "../api/family";
import { Intents } from "../api/intents";
import { pay, readBalance } from "../api/wallet";
import { NoAnswerError, ProblemError } from "../api/problems";
import { recall, remember } from "../offline/memory";
import { playCity, settled, type Asked } from "../test-stage";
import { acting, actFor, actingLost, beMyself, mayUse, watchActing } from "./acting";
import { session } from "./session";
import { mine, newestEntry, refresh, shownBalance, watchWallet } from "./wallet";

const CHILD = { person: "0192-child", name: "桃子", scopes: ["wallet"] };
const MINE = { balance: { currency: "JPY", available: 4820, held: 0, version: 9, lots: [] }, entries: [] };
const home = vi.fn();

const FOR = (asked: readonly Asked[]): readonly (string | null)[] => asked.map((each) => each.person);

watchActing(home);

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  home.mockClear();
  actingLost.value = null;
});

afterEach(() => {
  beMyself();
  session.value = { kind: "out" };
  mine.value = null;
  newestEntry.value = null;
  vi.unstubAllGlobals();
});

test("what is asked for another names them, and what is one's own never does", async () => {
  const asked = playCity(() => ({ status: 200, body: { i_act_for: [], act_for_me: [], scopes: [] } }));
  await readBalance();
  actFor(CHILD);
  await readBalance();
  await renameOther("もも");
  await readMe();
  await changeMe({ language: "en" });
  await readFamily();
  await liveTicket(["wallet.mine"]);
  beMyself();
  await readBalance();
  expect(FOR(asked)).toEqual([null, CHILD.person, CHILD.person, null, null, null, null, null]);
});

test("a question keeps the person for whom it was asked, although acting ends before it leaves", async () => {
  const asked = playCity(() => ({ status: 200, body: {} }));
  document.cookie = "csrftoken=; max-age=0";
  actFor(CHILD);
  const sent = renameOther("もも");
  beMyself();
  await sent;
  expect(asked.find(({ method }) => method === "PATCH")?.person).toBe(CHILD.person);
});

test("only what is entrusted may be used", () => {
  expect(mayUse("accounts")).toBe(true);
  actFor(CHILD);
  expect([mayUse("wallet"), mayUse("accounts")]).toEqual([true, false]);
});

test("when the mandate is over one is oneself again, told so once, and led home", async () => {
  playCity(() => ({ status: 403, body: { code: "not_delegate" } }));
  actFor(CHILD);
  await expect(readBalance()).rejects.toBeInstanceOf(ProblemError);
  expect([acting.value, actingLost.value, home.mock.calls.length]).toEqual([null, "桃子", 1]);
});

test("a late refusal about one person does not end acting for the next", async () => {
  playCity(() => ({ status: 403, body: { code: "not_delegate" } }));
  actFor(CHILD);
  const late = readBalance();
  actFor({ ...CHILD, person: "0192-grandmother", name: "祖母" });
  await expect(late).rejects.toBeInstanceOf(ProblemError);
  expect(acting.value?.name).toBe("祖母");
});

test("another's answer that comes after switching is shown for nobody", async () => {
  let answer: (() => void) | undefined;
  vi.stubGlobal("fetch", (path: string) => {
    const body = path.includes("balance") ? MINE.balance : { results: [], next: null };
    return new Promise((done) => {
      const before = answer;
      answer = () => {
        before?.();
        done(new Response(JSON.stringify(body), { status: 200 }));
      };
    });
  });
  const asked = refresh();
  actFor(CHILD);
  await settled();
  answer?.();
  await asked;
  expect(mine.value).toBeNull();
});

test("the mother's remembered balance is never shown or overwritten while she acts for her child", async () => {
  playCity(({ path }) => ({
    status: 200,
    body: path.includes("balance") ? { ...MINE.balance, available: 15890, version: 2 } : { results: [], next: null },
  }));
  vi.stubGlobal("WebSocket", class { close(): void {} });
  const stop = watchWallet();
  session.value = { kind: "in", me: { display_name: "花子", language: "ja" } as never };
  mine.value = MINE;
  expect(recall()?.balance?.available).toBe(4820);
  actFor(CHILD);
  expect(shownBalance()).toBeNull();
  await settled();
  expect(shownBalance()?.balance.available).toBe(15890);
  expect(recall()?.balance?.available).toBe(4820);
  beMyself();
  expect(shownBalance()).toBeNull();
  stop();
});

test("a new line in another's wallet is celebrated, the old ones are not", async () => {
  const entry = { id: "e1", kind: "payment", direction: "out", amount: 500, currency: "JPY", occurred_at: "2026-11-22T00:00:00Z" };
  const results: unknown[] = [entry];
  playCity(({ path }) => ({ status: 200, body: path.includes("balance") ? MINE.balance : { results: [...results], next: null } }));
  actFor(CHILD);
  await refresh();
  expect(newestEntry.value).toBeNull();
  results.unshift({ ...entry, id: "e2" });
  await refresh();
  expect(newestEntry.value?.id).toBe("e2");
});

test("a payment in doubt for the child is the child's: unseen and unsent as oneself, found again when acting", async () => {
  let silent = true;
  const asked = playCity(() => (silent ? "silence" : { status: 201, body: { id: "p1" } }));
  const intents = new Intents(sessionStorage);
  actFor(CHILD);
  await expect(intents.send("payment", "/api/v1/wallet/payments", { code: "c" })).rejects.toBeInstanceOf(NoAnswerError);
  beMyself();
  expect(intents.unresolved("payment")).toBeNull();
  expect(intents.unresolved("payment", CHILD.person)).not.toBeNull();
  silent = false;
  await intents.send("payment", "/api/v1/wallet/payments", { code: "mine" });
  expect(intents.unresolved("payment", CHILD.person)).not.toBeNull();
  actFor(CHILD);
  await intents.again("payment");
  expect(intents.unresolved("payment")).toBeNull();
  const sent = asked.filter(({ path }) => path.endsWith("payments"));
  expect(sent.map((each) => [each.person, (each.body as { code: string }).code])).toEqual([
    [CHILD.person, "c"],
    [null, "mine"],
    [CHILD.person, "c"],
  ]);
  expect(sent[0]?.key).toBe(sent[2]?.key);
  expect(sent[0]?.key).not.toBe(sent[1]?.key);
});

test("that the mandate ended says nothing about an earlier try: the doubt stays", async () => {
  let answer: "silence" | { status: number; body: unknown } = "silence";
  playCity(() => answer);
  actFor(CHILD);
  await expect(pay("code", 500)).rejects.toBeInstanceOf(NoAnswerError);
  answer = { status: 403, body: { code: "not_delegate" } };
  await expect(pay("code", 500)).rejects.toBeInstanceOf(ProblemError);
  expect(acting.value).toBeNull();
  expect(new Intents(sessionStorage).unresolved("payment", CHILD.person)).not.toBeNull();
});

test("the phone's memory stays its owner's", () => {
  remember({ name: "花子" });
  actFor(CHILD);
  expect(recall()?.name).toBe("花子");
});
