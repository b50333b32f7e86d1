/** The checks against what the city's own side made (tests/kernel/log/phone_vectors.py), and against every way to bend it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Looked, Proof, PublicKey } from "../api/types";
import { check, showsTheText } from "./check";
import { checkSignature, readHead } from "./head";
import { keepHead, knownHead, type KnownHead } from "./head-memory";
import { emptyRoot, fromHex, leafHash, provesGrowth, provesInclusion, same } from "./merkle";

interface Vectors {
  readonly me: string;
  readonly keys: readonly PublicKey[];
  readonly known: KnownHead;
  readonly looked: Looked;
  readonly proof: Proof;
  readonly texts: readonly string[];
  readonly roots: readonly string[];
  readonly inclusion: readonly (readonly [number, number, readonly string[]])[];
  readonly consistency: readonly (readonly [number, number, readonly string[]])[];
}
const V = JSON.parse(readFileSync(join(import.meta.dirname, "vectors.json"), "utf8")) as Vectors;
const root = (size: number) => fromHex(V.roots[size] ?? "");
const bent = (hash: string): string => (hash.startsWith("0") ? "1" : "0") + hash.slice(1);
const run = (change: { looked?: Partial<Looked>; proof?: Partial<Proof>; keys?: readonly PublicKey[]; known?: KnownHead | null } = {}) =>
  check({ ...V.looked, ...change.looked }, { ...V.proof, ...change.proof }, change.keys ?? V.keys, {
    me: V.me,
    known: change.known === undefined ? V.known : change.known,
  });

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test("the tree without leaves has the hash of nothing", async () => {
  expect(same(await emptyRoot(), fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))).toBe(true);
  expect(V.roots[0]).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("every leaf is found in every tree, and nothing else is", async () => {
  for (const [index, size, path] of V.inclusion) {
    const leaf = await leafHash(V.texts[index] ?? "");
    const hashes = path.map(fromHex);
    expect(await provesInclusion(leaf, index, size, hashes, root(size))).toBe(true);
    expect(await provesInclusion(await leafHash(`${V.texts[index]} `), index, size, hashes, root(size))).toBe(false);
    expect(await provesInclusion(leaf, index, size, [...hashes, leaf], root(size))).toBe(false);
    expect(await provesInclusion(leaf, size, size, hashes, root(size))).toBe(false);
    if (size > 1) expect(await provesInclusion(leaf, index, size, hashes.slice(1), root(size))).toBe(false);
  }
});

test("every tree begins with every smaller one, and with no other", async () => {
  for (const [first, second, path] of V.consistency) {
    const hashes = path.map(fromHex);
    const [before, after] = [{ size: first, root: root(first) }, { size: second, root: root(second) }];
    expect(await provesGrowth(before, after, hashes)).toBe(true);
    expect(await provesGrowth({ ...before, root: fromHex(bent(V.roots[first] ?? "")) }, after, hashes)).toBe(false);
    if (first > 0) expect(await provesGrowth(before, { ...after, root: fromHex(bent(V.roots[second] ?? "")) }, hashes)).toBe(false);
    if (first < second) expect(await provesGrowth(after, before, hashes)).toBe(false);
  }
});

test("a true entry holds in all four ways, and its head is what to remember", async () => {
  expect(await run()).toEqual({
    steps: { shown: "holds", place: "holds", signature: "holds", growth: "holds" },
    verdict: "holds",
    head: { size: 13, root: V.roots[13] },
  });
  expect((await run({ known: null, proof: { since: 0, consistency: [] } })).steps.growth).toBe("first");
});

test("the remembered head is kept, and never given up for a smaller one", async () => {
  keepHead({ size: 13, root: "aa" });
  keepHead({ size: 6, root: "bb" });
  expect(knownHead()).toEqual({ size: 13, root: "aa" });
  localStorage.setItem("machi.log-head", "{");
  expect(knownHead()).toBeNull();
});

test.each<[string, Partial<Looked>]>([
  ["another purpose", { purpose: { code: "accounts.my_profile", words: "窓口での本人確認" } }],
  ["another time", { at: "2026-11-21T03:00:10.123456Z" }],
  ["fewer classes", { classes: V.looked.classes.slice(1) }],
  ["another ground", { ground: "self" }],
  ["myself as who looked", { who: { kind: "self", name: "あなた" } }],
  ["no reason", { reason: "" }],
  ["another entry", { id: V.me }],
  ["read again", { again: true }],
  ["a grant", { grants: [V.me] }],
  ["another department", { recipient: V.me }],
  ["no department", { recipient: null }],
])("shown as %s, it does not fit the text", async (_what, looked) => {
  const checked = await run({ looked });
  expect(checked.steps).toEqual({ shown: "broken", place: "holds", signature: "holds", growth: "holds" });
  expect(checked).toMatchObject({ verdict: "broken", head: null });
});

test("somebody else's entry is not shown as mine", () => {
  expect(showsTheText(V.looked, V.proof.canonical, V.looked.id)).toBe(false);
});

test.each<[string, Partial<Proof>]>([
  ["the text", { canonical: V.proof.canonical.replace("窓口", "市場") }],
  ["the place", { index: 8 }],
  ["the path", { path: V.proof.path.map(bent) }],
  ["a path that is cut", { path: V.proof.path.slice(1) }],
  ["a path that cannot be read", { path: ["zz"] }],
  ["the size", { size: 12 }],
])("with %s changed it has no place in the tree", async (_what, proof) => {
  const checked = await run({ proof });
  expect(checked.steps.place).toBe("broken");
  expect(checked.verdict).toBe("broken");
});

test("a signature holds by the city's key alone", async () => {
  const [head = "", body = "", signature = ""] = V.proof.head.split(".");
  const forged = btoa(JSON.stringify({ ...readHead(V.proof.head), root: V.roots[12] })).replaceAll("=", "");
  const [key] = V.keys;
  const stranger = { ...(key as PublicKey), x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
  for (const jws of [`${head}.${forged}.${signature}`, `${head}.${body}.${"A".repeat(86)}`, `${head}.${body}`, "a.b.c", ""]) {
    expect(await checkSignature(jws, V.keys)).toBe("broken");
  }
  expect(await checkSignature(V.proof.head, [])).toBe("broken");
  expect(await checkSignature(V.proof.head, [stranger])).toBe("broken");
  const none = `${btoa('{"alg":"none","kid":"k1","typ":"machi-log-head"}').replaceAll("=", "")}.${body}.`;
  expect(await checkSignature(none, V.keys)).toBe("broken");
  expect((await run({ keys: [stranger] })).verdict).toBe("broken");
});

test("a head of another log is no head", () => {
  const other = btoa('{"log":"kernel_audit","size":13,"root":"","at":""}').replaceAll("=", "");
  expect(readHead(`x.${other}.y`)).toBeNull();
  expect(readHead("x")).toBeNull();
});

test("a log that was cut or rewritten since this phone saw it is found out", async () => {
  expect((await run({ known: { size: 6, root: bent(V.known.root) } })).steps.growth).toBe("broken");
  expect((await run({ known: { size: 20, root: V.known.root }, proof: { since: 20, consistency: null } })).steps.growth).toBe("broken");
  expect((await run({ proof: { consistency: V.proof.consistency?.map(bent) ?? null } })).steps.growth).toBe("broken");
  expect((await run({ proof: { since: 0, consistency: [] } })).steps.growth).toBe("broken");
});

test("a browser that cannot check such signatures says so and calls nothing broken", async () => {
  const real = crypto.subtle;
  const refusing = {
    digest: real.digest.bind(real),
    importKey: () => Promise.reject(new DOMException("no such algorithm", "NotSupportedError")),
  };
  vi.stubGlobal("crypto", { subtle: refusing });
  expect(await run()).toMatchObject({ steps: { signature: "unable", place: "holds" }, verdict: "partly" });
});
