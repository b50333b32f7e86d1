import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Consent, ConsentState } from "../../api/consents";
import { go, place } from "../../app/router";
import { button, leaveStage, playCity, press, settled, show, type Asked } from "../../test-stage";
import Ask from "./Ask";
import ConsentPage from "./ConsentPage";
import Consents from "./Consents";
import { byRecipient, matterOf, open } from "./groups";
import { claimsOf, prove } from "./proof";

const RECIPIENT = { id: "o1", name: "見本ポイント協会" };
const NAME = { name: "profile", words: "お名前" };
const FAMILY = { name: "family", words: "家族の呼び名" };
const AGREEMENT = {
  id: "a1", revision_id: "r2", number: 2, digest: "00", recipient: RECIPIENT, purpose: "mihon.card", title: "カード",
  why: "印刷のため", stops: "出なくなります", classes: [NAME, FAMILY], keeps_days: 365, lasts_days: null,
};

function consent(id: string, state: ConsentState, data_class = NAME, agreement_id = "a1"): Consent {
  return {
    id, agreement_id, title: "カード", why: "印刷のため", keeps_days: 30, recipient: RECIPIENT, purpose: "mihon.card", data_class, state,
    given_at: "2026-11-01T00:00:00Z", is_by_delegate: false, ends_at: null, withdrawn_at: state === "withdrawn" ? "2026-11-02T00:00:00Z" : null,
  };
}

afterEach(() => {
  leaveStage();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

describe("yeses laid out", () => {
  test("the newest yes of each class says how a matter stands; what was is history", () => {
    const matter = matterOf([consent("g3", "standing"), consent("g2", "withdrawn"), consent("g1", "left_behind", FAMILY)]);
    expect(matter?.state).toBe("standing");
    expect(matter?.now.map(({ id }) => id)).toEqual(["g3", "g1"]);
    expect(matter && open(matter).map(({ id }) => id)).toEqual(["g3", "g1"]);
    expect(matterOf([])).toBeNull();
    expect(matterOf([consent("g1", "withdrawn")])?.state).toBe("withdrawn");
  });

  test("matters of one recipient stand together, each once", () => {
    const groups = byRecipient([consent("g3", "standing"), consent("g2", "ended", NAME, "a2"), consent("g1", "withdrawn")]);
    expect(groups.map(({ matters }) => matters.map(({ agreement }) => agreement))).toEqual([["a1", "a2"]]);
  });
});

test("the list says how each stands in a word, and who asks anew", async () => {
  playCity(({ path }) =>
    path.includes("asked_anew")
      ? { status: 200, body: { agreements: [AGREEMENT] } }
      : { status: 200, body: { results: [consent("g1", "left_behind")], next: null } },
  );
  const page = await show(<Consents />);
  await settled();
  expect(page.textContent).toContain("見本ポイント協会がもう一度たずねています");
  expect(page.querySelector(".state")?.textContent).toBe("確認待ち");
  expect(button("変わったことを見る").getAttribute("href")).toBe("/consents/ask/a1");
});

function askCity(answer: (asked: Asked) => { status: number; body?: unknown } | null): readonly Asked[] {
  return playCity((asked) => {
    if (asked.path.endsWith("/family")) return { status: 200, body: { i_act_for: [], act_for_me: [], scopes: [] } };
    return (
      answer(asked) ?? {
        status: 200,
        body: {
          agreement: AGREEMENT,
          standing: [],
          agreed_number: 1,
          changes: [{ field: "classes", before: "", after: "家族の呼び名", widens: true }],
        },
      }
    );
  });
}

const yeses = (asked: readonly Asked[]): readonly Asked[] => asked.filter(({ method, path }) => method === "POST" && path.endsWith("consents"));

test("nothing is ticked beforehand, changes stand before and after, and only what is ticked is given", async () => {
  const asked = askCity(({ method }) => (method === "POST" ? { status: 201, body: { grants: ["g9"] } } : null));
  go("/consents/ask/a1");
  const page = await show(<Ask values={{ agreement: "a1" }} />);
  await settled();
  const boxes = [...page.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  expect(boxes.map(({ checked }) => checked)).toEqual([false, false]);
  expect(page.querySelector(".change-sides")?.textContent).toBe("前なしこれから家族の呼び名");
  await press("同意する");
  expect(page.textContent).toContain("見せてもよい情報を1つ以上選んでください");
  expect(yeses(asked)).toEqual([]);
  boxes[1]?.click();
  await settled();
  await press("同意する");
  await settled();
  expect(yeses(asked).map(({ body }) => body)).toEqual([{ revision_id: "r2", classes: ["family"] }]);
  expect(place.value.path).toBe("/me/consents/a1");
});

test("no is one press and sends nothing", async () => {
  const asked = askCity(() => null);
  go("/consents/ask/a1");
  await show(<Ask values={{ agreement: "a1" }} />);
  await settled();
  await press("同意しない");
  expect(yeses(asked)).toEqual([]);
  expect(place.value.path).toBe("/me/consents/a1");
});

test("words that changed meanwhile are read again before anything is given: the ticks are gone", async () => {
  askCity(({ method }) => (method === "POST" ? { status: 409, body: { code: "agreement_moved", title: "新しくなりました" } } : null));
  const page = await show(<Ask values={{ agreement: "a1" }} />);
  await settled();
  page.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
  await settled();
  await press("同意する");
  await settled();
  expect(page.querySelectorAll("input:checked")).toHaveLength(0);
  expect(page.textContent).toContain("新しくなりました");
});

test("what stops is on the page before the tap, and the tap is one", async () => {
  let standing = true;
  const asked = playCity(({ method, path }) => {
    if (method === "POST") standing = false;
    if (path.endsWith("/stops")) return { status: 200, body: { words: "カードに出なくなります", services: ["窓口で確かめられません"] } };
    if (method === "POST") return { status: 200, body: { grants: 1 } };
    return { status: 200, body: { results: [consent("g1", standing ? "standing" : "withdrawn")], next: null } };
  });
  const page = await show(<ConsentPage values={{ agreement: "a1" }} />);
  await settled();
  expect(page.textContent).toContain("カードに出なくなります");
  expect(page.textContent).toContain("窓口で確かめられません");
  await press("同意を取り消す");
  await settled();
  expect(asked.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])).toEqual([
    ["/api/v1/accounts/agreements/a1/withdrawal", { classes: null }],
  ]);
  expect(button("もう一度同意する").getAttribute("href")).toBe("/consents/ask/a1");
});

describe("a receipt is checked in the browser", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k1" } as JsonWebKey;
  const document = '{"terms":{"why":"印刷のため"}}';
  const digest = "cda8f2";

  async function receipt(value: string, typ = "consent-receipt+jwt"): Promise<string> {
    const part = (given: unknown): string => Buffer.from(JSON.stringify(given)).toString("base64url");
    const head = `${part({ alg: "EdDSA", kid: "k1", typ })}.${part({ notice_digest: { alg: "sha-256", value, number: 1 }, service: "見本" })}`;
    return `${head}.${sign(null, Buffer.from(head), privateKey).toString("base64url")}`;
  }

  async function sha256(text: string): Promise<string> {
    const found = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Buffer.from(found).toString("hex");
  }

  test("the city's signature over these very words holds", async () => {
    const good = await receipt(await sha256(document));
    expect(await prove(good, document, [jwk])).toEqual({ words: true, signature: true });
    expect((claimsOf(good) as unknown as { service: string }).service).toBe("見本");
  });

  test("other words, another key, another kind or a changed claim do not", async () => {
    const good = await receipt(await sha256(document));
    expect((await prove(good, `${document} `, [jwk])).words).toBe(false);
    expect((await prove(await receipt(digest), document, [jwk])).words).toBe(false);
    const other = { ...generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }), kid: "k1" } as JsonWebKey;
    expect((await prove(good, document, [other])).signature).toBe(false);
    expect((await prove(good, document, [])).signature).toBe(false);
    expect((await prove(await receipt(digest, "JWT"), document, [jwk])).signature).toBe(false);
    const [head, , signature] = good.split(".");
    const [, changed] = (await receipt(digest)).split(".");
    expect((await prove(`${head}.${changed}.${signature}`, document, [jwk])).signature).toBe(false);
  });

  test("a city that publishes no keys leaves the question open", async () => {
    expect((await prove(await receipt(await sha256(document)), document, null)).signature).toBeNull();
  });
});
