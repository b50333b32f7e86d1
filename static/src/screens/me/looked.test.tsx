import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Looked as Look, Me, Proof, PublicKey } from "../../api/types";
import { knownHead } from "../../proofs/head-memory";
import { session } from "../../state/session";
import { button, leaveStage, playCity, press, settled, show, until } from "../../test-stage";
import Looked from "./Looked";

interface Vectors {
  readonly me: string;
  readonly keys: readonly PublicKey[];
  readonly looked: Look;
  readonly proof: Proof;
}
const V = JSON.parse(readFileSync(join(import.meta.dirname, "../../proofs/vectors.json"), "utf8")) as Vectors;
const SENTENCE = "市民課が「窓口での本人確認」のために、呼び名を見ました。";
const LOOK: Look = { ...V.looked, sentence: SENTENCE };
const MINE: Look = { ...LOOK, id: "m1", sentence: "あなたが「マイページの表示」のために、呼び名を見ました。", who: { kind: "self", name: "あなた" } };

beforeEach(() => {
  localStorage.clear();
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  session.value = { kind: "in", me: { resident_id: V.me, roles: [], organisations: [] } as unknown as Me };
});
afterEach(() => {
  leaveStage();
  session.value = { kind: "unknown" };
  localStorage.clear();
  vi.unstubAllGlobals();
});

function city(looks: readonly Look[], proof: Partial<Proof> = {}) {
  return playCity(({ path }) => {
    if (path.includes("/proof")) return { status: 200, body: { ...V.proof, since: 0, consistency: [], ...proof } };
    if (path.endsWith("/keys")) return { status: 200, body: { keys: V.keys } };
    return { status: 200, body: { results: looks, next: null } };
  });
}

test("others come first, and one entry is checked by the phone itself", async () => {
  const asked = city([LOOK]);
  await show(<Looked />);
  await settled();
  expect(asked[0]?.path).toBe("/api/v1/accounts/accesses?by=others");
  await press(/市民課が/, "この記録を確かめる");
  await until(() => knownHead() !== null);
  expect(document.body.textContent).toContain("この記録は、書かれたときのままです");
  expect(document.body.textContent).toContain("はじめてなので、いま覚えました");
  expect(knownHead()?.size).toBe(V.proof.size);
});

test("an entry that was bent is called out, and its head is not remembered", async () => {
  city([{ ...LOOK, reason: "ほかのわけ" }]);
  await show(<Looked />);
  await settled();
  await press(/市民課が/, "この記録を確かめる");
  await until(() => document.querySelector("[role=alert]") !== null);
  expect(document.querySelector("[role=alert]")?.textContent).toContain("この記録は合いません");
  expect(knownHead()).toBeNull();
});

test("my own looks are folded and open one by one", async () => {
  city([MINE, { ...MINE, id: "m2" }, LOOK]);
  await show(<Looked />);
  await settled();
  expect(document.querySelectorAll(".row")).toHaveLength(2);
  expect(button(/あなたが/).textContent).toContain("2回");
  await press(/あなたが/);
  expect(document.querySelectorAll(".row")).toHaveLength(3);
});

test("a partner's look leads to the consent that allowed it", async () => {
  city([{ ...LOOK, ground: "grant", grants: ["g1"], consents: [{ id: "g1", agreement_id: "a1" }] }]);
  await show(<Looked />);
  await settled();
  await press(/市民課が/);
  expect(document.querySelector('a[href="/me/consents/a1/receipts/g1"]')?.textContent).toContain("よりどころになった同意を見る");
});

test("nobody looked, and nothing can be read: each says so", async () => {
  city([]);
  await show(<Looked />);
  await settled();
  expect(document.body.textContent).toContain("だれも見ていません");
  playCity(() => "silence");
  await show(<Looked />);
  await settled();
  expect(document.body.textContent).toContain("つながっていないため、記録を読めません。");
});

test("an entry that is too new says in the city's words to wait", async () => {
  playCity(({ path }) =>
    path.includes("/proof")
      ? { status: 409, body: { code: "proof_not_ready", title: "少し待ってください。", status: 409 } }
      : { status: 200, body: path.endsWith("/keys") ? { keys: V.keys } : { results: [LOOK], next: null } },
  );
  await show(<Looked />);
  await settled();
  await press(/市民課が/, "この記録を確かめる");
  await until(() => document.body.textContent?.includes("少し待って") === true);
  expect(document.body.textContent).toContain("少し待ってください。");
});
