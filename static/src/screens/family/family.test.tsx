import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Mandate } from "../../api/family";
import { App } from "../../app/App";
import { go, place } from "../../app/router";
import { jstDay } from "../../i18n/dates";
import { acting, actFor, beMyself } from "../../state/acting";
import { session } from "../../state/session";
import { leaveStage, playCity, press, settled, show } from "../../test-stage";
import Family from "./Family";
import Join from "./Join";
import { lastMoment, people, scopeText } from "./people";

const TOKEN = "s3cr3t-Token_of-27-letters0";
const SCOPES = [
  { name: "accounts", words: "プロフィール" },
  { name: "wallet", words: "おさいふ" },
];

function mandate(id: string, person: string | null, changes: Partial<Mandate> = {}): Mandate {
  return {
    id, person, name: "桃子", role: "parent", scopes: ["wallet"], starts_at: "2026-10-01T00:00:00Z", ends_at: null, open_until: null,
    state: "standing", ...changes,
  };
}

beforeEach(() => {
  session.value = { kind: "in", me: { display_name: "花子", level: 1, roles: [], organisations: [] } as never };
});

afterEach(() => {
  leaveStage();
  beMyself();
  session.value = { kind: "out" };
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test("a person stands once, with all that their mandates allow", () => {
  const found = people([mandate("m1", "p1"), mandate("m2", "p1", { scopes: ["accounts"], role: "family" }), mandate("m3", null)]);
  expect(found.map(({ person, scopes, mandates }) => [person, scopes, mandates.length])).toEqual([["p1", ["wallet", "accounts"], 2]]);
});

test("a mandate that ends as a day begins in Japan holds until the day before", () => {
  expect(jstDay(lastMoment("2027-03-31T15:00:00Z"))).toBe("2027-03-31");
  expect(jstDay(lastMoment("2027-03-31T14:59:00Z"))).toBe("2027-03-31");
});

test("services go by the reader's words, an unknown one by its name", async () => {
  await show(<p />);
  expect(scopeText(["wallet", "health"], SCOPES)).toBe("おさいふ、health");
});

test("one press acts for the child; a parent's right is not theirs to end", async () => {
  playCity(() => ({
    status: 200,
    body: { i_act_for: [mandate("m1", "p1")], act_for_me: [mandate("m2", "p2", { name: "父" })], scopes: SCOPES },
  }));
  const page = await show(<Family />);
  await settled();
  expect(page.textContent).toContain("親権者や後見人の登録は、市役所の窓口で変えられます。");
  expect(page.textContent).not.toContain("代理をやめてもらう");
  await press("桃子さんの代理をする");
  expect(acting.value).toEqual({ person: "p1", name: "桃子", scopes: ["wallet"], protects: true });
  expect(place.value.path).toBe("/");
});

test("on every page the band says for whom, a page that is not entrusted says so, and the way back is there", async () => {
  playCity(() => ({ status: 200, body: { results: [], next: null } }));
  go("/me/devices");
  actFor({ person: "p1", name: "桃子", scopes: ["wallet"] });
  const page = await show(<App />);
  await settled();
  expect(page.querySelector("[role=region] [role=status]")?.textContent).toBe("桃子さんの代理で使っています");
  expect(document.title).toContain("桃子さんの代理");
  expect(page.textContent).toContain("この画面は、桃子さんの代理では使えません");
  await press("自分にもどる");
  expect(acting.value).toBeNull();
  expect(page.querySelector<HTMLElement>(".acting")?.hidden).toBe(true);
});

test("who invites, for what and until when is read before anything is promised; a spent invitation offers no promise", async () => {
  history.replaceState(null, "", `/family/join#${TOKEN}`);
  const looked = { name: "花子", role: "family", scopes: [SCOPES[1]], ends_at: null, open_until: "2026-11-22T00:00:00Z" };
  const asked = playCity(() => ({ status: 200, body: looked }));
  const page = await show(<Join />);
  await settled();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /api/v1/accounts/family/invitations/looked"]);
  expect(page.textContent).toContain("花子さんからの招待です");
  expect(page.textContent).toContain("おさいふ");
  expect(page.textContent).toContain("引き受ける");
  leaveStage();
  playCity(() => ({ status: 410, body: { code: "invitation_gone", title: "この招待は使えなくなりました。", status: 410 } }));
  const gone = await show(<Join />);
  await settled();
  expect(gone.textContent).toContain("この招待は使えなくなりました。");
  expect([...gone.querySelectorAll("button")].map((each) => each.textContent)).not.toContain("引き受ける");
});
