import { afterEach, beforeEach, expect, test } from "vitest";
import { place as address } from "../../app/router";
import { button, leaveStage, playCity, press, settled, show, type, until } from "../../test-stage";
import { session } from "../../state/session";
import Go from "./Go";
import OptionsPage from "./OptionsPage";
import PlacePage from "./PlacePage";
import SavedPage from "./SavedPage";
import { change, going, NO_WISH, questionOf, readGoing, wish } from "./state";

const HALL = { kind: "facility", id: "f1", name: "市役所", reading: "しやくしょ", detail: "役所", lat: 32.2, lon: 130.76, metres: 900 };
const STOP = { kind: "stop", id: "bus:s1", name: "駅前", reading: "えきまえ", detail: "", lat: 32.21, lon: 130.75, metres: null };
const ME = { resident_id: "r1", display_name: "見本 花子", language: "ja", level: 2, roles: [], organisations: [], email: null, phone: null };
const HOME = { id: "h1", kind: "home", name: "", lat: 32.22, lon: 130.74, stop: "", address: "" };

const text = (): string => document.body.textContent ?? "";

/** This function will put the phone somewhere, or nowhere; nobody has allowed it before. */
function stand(at: { latitude: number; longitude: number } | null): void {
  const getCurrentPosition = (done: (found: unknown) => void, fail: () => void): void => (at ? done({ coords: at }) : fail());
  Object.defineProperty(navigator, "geolocation", { value: { getCurrentPosition }, configurable: true });
  Object.defineProperty(navigator, "permissions", { value: { query: () => Promise.resolve({ state: "prompt" }) }, configurable: true });
}

function standNoMore(): void {
  for (const name of ["geolocation", "permissions"]) Reflect.deleteProperty(navigator, name);
}

beforeEach(() => {
  stand(null);
  localStorage.clear();
  readGoing();
  wish.value = NO_WISH;
  session.value = { kind: "out" };
  history.replaceState(null, "", "/go");
});
afterEach(() => {
  leaveStage();
  standNoMore();
  session.value = { kind: "out" };
});

test("without a goal one is told to choose it, and nothing is asked", async () => {
  const asked = playCity(() => ({ status: 200, body: {} }));
  await show(<Go />);
  expect(text()).toContain("いまいる場所");
  await press("行き方をさがす");
  await settled();
  expect(text()).toContain("行き先をえらんでください。");
  expect(asked).toEqual([]);
});

test("who does not say where they are is asked for a place to start from", async () => {
  playCity(() => ({ status: 200, body: {} }));
  change({ to: { name: "市役所", lat: 32.2, lon: 130.76 } });
  await show(<Go />);
  await press("行き方をさがす");
  await settled();
  expect(text()).toContain("出発する場所をえらんでください。");
});

test("from here and now the question goes with the address, and the goal is remembered", async () => {
  stand({ latitude: 32.21, longitude: 130.75 });
  playCity(() => ({ status: 200, body: {} }));
  change({ to: { name: "市役所", lat: 32.2, lon: 130.76 } });
  await show(<Go />);
  await press("行き方をさがす");
  await settled();
  expect(address.value.path).toBe("/go/journeys");
  expect(address.value.given.question).toMatchObject({ from: { lat: 32.21, lon: 130.75 }, to: { name: "市役所" }, is_arriving: false });
  expect(going.value.recent.map(({ name }) => name)).toEqual(["市役所"]);
});

test("home is one press away for whoever is signed in", async () => {
  session.value = { kind: "in", me: ME };
  playCity(() => ({ status: 200, body: { results: [HOME], most: 30 } }));
  await show(<Go />);
  await until(() => text().includes("自宅へ"));
  await press("自宅へ");
  expect(wish.value.to).toEqual({ name: "自宅", lat: 32.22, lon: 130.74 });
  await press("出発と行き先を入れかえる");
  expect([wish.value.from, wish.value.to]).toEqual([{ name: "自宅", lat: 32.22, lon: 130.74 }, "here"]);
});

test("a place is found by what one types, and chosen; older answers are nobody's", async () => {
  history.replaceState(null, "", "/go/place?for=to");
  address.value = { ...address.value, query: new URLSearchParams("for=to") };
  const asked = playCity(({ path }) => ({ status: 200, body: { results: path.includes("q=shi") ? [HALL] : [] } }));
  await show(<PlacePage />);
  await type("場所の名前", "ない");
  await type("場所の名前", "shi");
  await until(() => text().includes("1件見つかりました"));
  expect(asked.map(({ path }) => path)).toEqual(["/api/v1/mobility/places?q=shi"]);
  await press(/市役所/);
  expect(wish.value.to).toEqual({ name: "市役所", lat: 32.2, lon: 130.76 });
});

test("looking for a stop asks for stops alone and leads to it", async () => {
  address.value = { ...address.value, query: new URLSearchParams("for=stop") };
  const asked = playCity(() => ({ status: 200, body: { results: [STOP] } }));
  await show(<PlacePage />);
  await type("場所の名前", "えき");
  await until(() => text().includes("1件見つかりました"));
  expect(asked[0]?.path).toBe("/api/v1/mobility/places?q=%E3%81%88%E3%81%8D&kinds=stop");
  await press(/駅前/);
  expect(address.value.path).toBe("/go/stops/bus%3As1");
});

test("nothing found teaches, and without a connection it is said", async () => {
  address.value = { ...address.value, query: new URLSearchParams("for=to") };
  playCity(({ path }) => (path.includes("q=x") ? "silence" : { status: 200, body: { results: [] } }));
  await show(<PlacePage />);
  await type("場所の名前", "zz");
  await until(() => text().includes("見つかりません"));
  await type("場所の名前", "x");
  await until(() => text().includes("つながっていないため"));
  expect(text()).toContain("つながっていないため、場所をさがせません。");
});

test("options stay chosen, and one press makes everything usual again", async () => {
  playCity(() => ({ status: 200, body: { results: [{ id: "bus:1", name: "1", long_name: "見本線", kind: "bus", color: "", text_color: "", agency: "", agency_url: "" }] } }));
  await show(<OptionsPage />);
  await settled();
  const pick = (words: string): void => [...document.querySelectorAll("label")].find((each) => each.textContent?.startsWith(words))?.querySelector("input")?.click();
  pick("車いすで行く");
  pick("30分まで");
  pick("こども運賃");
  await type("路線の名前", "みほん");
  expect(text()).toContain("この名前の路線はありません。");
  await type("路線の名前", "見本");
  await press("さける");
  expect(going.value).toMatchObject({ walk: "wheelchair", mostWalkMinutes: 30, rider: "child", avoided: [{ id: "bus:1", name: "1" }] });
  expect(button("1を外す")).toBeTruthy();
  await press("すべてふつうにもどす");
  expect(going.value).toMatchObject({ walk: "walk", mostWalkMinutes: 15, rider: "adult", avoided: [] });
});

test("kinds of vehicles are left out of the question, but never all of them", async () => {
  const run = (id: string, kind: string) => ({ id, name: id, long_name: "", kind, color: "", text_color: "", agency: "", agency_url: "" });
  playCity(() => ({ status: 200, body: { results: [run("1", "bus"), run("2", "rail"), run("3", "bus")] } }));
  await show(<OptionsPage />);
  await settled();
  const tick = (words: string) => [...document.querySelectorAll("label")].find((each) => each.textContent === words)?.querySelector("input");
  expect([tick("バス")?.checked, tick("列車")?.checked, tick("船")]).toEqual([true, true, undefined]);
  tick("列車")?.click();
  await settled();
  expect(going.value.without).toEqual(["rail"]);
  expect([tick("バス")?.disabled, tick("列車")?.checked, tick("列車")?.disabled]).toEqual([true, false, false]);
  const goal = { name: "市役所", lat: 32.2, lon: 130.76 };
  const question = questionOf({ ...NO_WISH, from: goal, to: { ...goal, lat: 32.3 } }, going.value, null, "");
  expect(question?.kinds).toEqual(["bus", "tram", "subway", "monorail", "ferry", "cable", "other"]);
  await show(<Go />);
  expect(text()).toContain("列車に乗らない");
});

test("places stand in an order of one's own, and are called as one likes", async () => {
  session.value = { kind: "in", me: ME };
  const gym = { ...HOME, id: "g1", kind: "other" as const, name: "体育館", address: "見本町1" };
  let held = [HOME, gym];
  const asked = playCity(({ method, path, body }) => {
    if (method === "PUT" && path.endsWith("/order")) held = [gym, HOME];
    if (method === "PUT" && path.endsWith("/g1")) held = [{ ...gym, ...(body as object) }, HOME];
    return { status: 200, body: { results: held, most: 30 } };
  });
  await show(<SavedPage />);
  await until(() => document.querySelector("[aria-label=体育館を上へ]") !== null);
  expect(button("自宅を上へ").getAttribute("aria-disabled")).toBe("true");
  await press("体育館を上へ");
  await until(() => button("体育館を上へ").getAttribute("aria-disabled") === "true");
  expect(asked.find(({ path }) => path.endsWith("/order"))?.body).toEqual({ ids: ["g1", "h1"] });
  await settled();
  await press("体育館の名前をかえる");
  await type("名前", "  ");
  await press("保存する");
  expect(text()).toContain("かえたあとの名前を入力してください。");
  await type("名前", "市民プール");
  await press("保存する");
  await until(() => text().includes("市民プール"));
  const { lat, lon } = gym;
  expect(asked.find(({ path }) => path.endsWith("/g1"))?.body).toEqual({ kind: "other", name: "市民プール", lat, lon, address: "見本町1", stop: "" });
});

test("a tourist is told what they can do without signing in; a resident takes a place away", async () => {
  await show(<SavedPage />);
  expect(text()).toContain("サインインしなくても、行き方はさがせます。");
  session.value = { kind: "in", me: ME };
  let held = [HOME];
  const asked = playCity(({ method }) => {
    if (method === "DELETE") held = [];
    return method === "DELETE" ? { status: 200, body: {} } : { status: 200, body: { results: held, most: 30 } };
  });
  await show(<SavedPage />);
  await until(() => document.querySelector("[aria-label=自宅を消す]") !== null);
  await press("自宅を消す");
  await until(() => asked.length > 2);
  await settled();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /api/v1/mobility/saved_places/h1");
  expect(button(/自宅/).getAttribute("href")).toBe("/go/place?for=home");
});
