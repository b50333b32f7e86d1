import { afterEach, beforeEach, expect, test } from "vitest";
import { go } from "../../app/router";
import { session } from "../../state/session";
import { leaveStage, playCity, press, settled, show, type } from "../../test-stage";
import ReferralPage from "./ReferralPage";

const COINS = { kind: "coins", yen: 300, days: 60 };
const OFFER = {
  id: "r1",
  title: "おともだち紹介",
  title_en: "Bring a friend",
  for_referrer: COINS,
  for_newcomer: { ...COINS, yen: 500 },
  level: 2,
  first_payment: 500,
  within_days: 30,
  per_referrer: 5,
  ends_at: "2099-12-31T15:00:00Z",
  link: null,
  brought: [],
};
const SEEN = { title: "おともだち紹介", title_en: "Bring a friend", said: "テニス仲間", for_newcomer: COINS, level: 2, first_payment: 500, within_days: 30, ends_at: OFFER.ends_at };

beforeEach(() => {
  sessionStorage.clear();
  go("/pay/referral");
  session.value = { kind: "in", me: { resident_id: "me" } } as unknown as typeof session.value;
});

afterEach(leaveStage);

test("a link is made with what the other may read, and nothing else", async () => {
  const asked = playCity(({ method }) => ({
    status: 200,
    body: method === "POST" ? { link: "https://machi.example/pay/referral#x", said: "テニス仲間" } : { results: [OFFER], brought_by: null },
  }));
  await show(<ReferralPage />);
  await settled();
  await type("相手に見せる名前（なくてもかまいません）", "テニス仲間");
  await press("紹介のリンクを作る");
  await settled();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ said: "テニス仲間" });
});

test("what came of it names nobody", async () => {
  const brought = [{ id: "b1", state: "entered", entered_at: "2026-11-20T03:00:00Z", pay_until: "2099-12-20T03:00:00Z" }];
  playCity(() => ({ status: 200, body: { results: [{ ...OFFER, link: { link: "https://machi.example/#x", said: "" }, brought }], brought_by: null } }));
  const page = await show(<ReferralPage />);
  await settled();
  expect(page.textContent).toContain("お支払いを待っています");
  expect(page.textContent).toContain("あなたの名前は相手に見えません。");
});

test("a code that was shared is looked at before it is entered", async () => {
  const asked = playCity(({ path, method }) => {
    if (path.endsWith("/look")) return { status: 200, body: SEEN };
    if (method === "POST") return { status: 201, body: { id: "b", said: "", state: "entered", first_payment: 500, pay_until: OFFER.ends_at, reward: COINS } };
    return { status: 200, body: { results: [OFFER], brought_by: null } };
  });
  const page = await show(<ReferralPage />);
  await settled();
  await type("紹介のリンクかコード", "https://machi.example/pay/referral#abcdefghijklmnopqrstuvwx");
  await press("内容を見る");
  await settled();
  expect(page.textContent).toContain("「テニス仲間」さんからの紹介");
  await press("この紹介を受ける");
  await settled();
  expect(asked.filter(({ path }) => path.endsWith("/referrals")).find(({ method }) => method === "POST")?.body).toEqual({
    code: "abcdefghijklmnopqrstuvwx",
  });
});
