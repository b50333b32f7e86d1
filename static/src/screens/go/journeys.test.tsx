import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClosedRoad, Journeys } from "../../api/journeys";
import { go, place as address } from "../../app/router";
import { button, leaveStage, playCity, press, settled, show, until } from "../../test-stage";
import { offlineSince } from "../../state/network";
import { keepJourney, keptJourneys, keyOf, type KeptJourney } from "../../offline/journeys";
import JourneyPage from "./JourneyPage";
import JourneysPage from "./JourneysPage";
import { LegList } from "./LegList";
import { at, fare, journey, journeys, leg, LEGS, line, NOW, QUESTION, said, trip } from "./played-town";
import { followed, found } from "./state";

const BUS = journey();
const LATER = journey({ id: "t2@20261121:0-2", legs: [leg("ride", "08:30", "08:50", { trip: trip({ id: "t2" }) })], fare: fare(null) });
const text = (): string => document.body.textContent ?? "";
const answers = (body: Journeys) => playCity(() => ({ status: 200, body }));
const KEPT: KeptJourney = {
  key: keyOf(BUS),
  at: at("07:59"),
  question: QUESTION,
  from: "いまいる場所",
  to: "市役所",
  journey: BUS,
  alerts: [],
  attribution: "© まちの地図",
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  localStorage.clear();
  found.value = null;
  followed.value = null;
  go("/go/journeys", { given: { question: QUESTION } });
});
afterEach(() => {
  leaveStage();
  vi.useRealTimers();
  offlineSince.value = null;
});

test("each way is a bar with its time to go, fare and what speaks for it; those on foot stand apart", async () => {
  const walk = journey({ id: "walk@1", legs: [leg("walk", "08:00", "08:40", { metres: 3_100 })], minutes: 40, fare: fare(0) });
  const asked = answers(journeys([{ ...BUS, best: ["soonest", "cheapest"] }, LATER], { direct: [walk] }));
  await show(<JourneysPage />);
  await until(() => text().includes("あと4分で出発"));
  expect(asked[0]).toMatchObject({ method: "POST", path: "/api/v1/mobility/journeys", body: QUESTION });
  expect(text()).toContain("08:04 発 → 08:22 着");
  expect(text()).toContain("早い安い");
  expect(text()).toContain("運賃不明");
  expect(text()).toContain("歩く3分、バス 1 10分、歩く2分");
  expect(text()).toContain("2とおりの行き方があります");
  expect(button(/歩いて行く/).textContent).toContain("3.1 km");
  expect(document.querySelector<HTMLElement>(".leg-piece-ride")?.style.backgroundColor).toBe("#0057b8");
});

test("in easy Japanese what is read has its readings", async () => {
  answers(journeys([BUS]));
  await show(<JourneysPage />, "ja-easy");
  await until(() => text().includes("あと 4"));
  expect([...document.querySelectorAll(".journey-soon rt")].map((each) => each.textContent)).toEqual(["ふん", "で"]);
});

test("later ones come behind, until there are none", async () => {
  let page = journeys([BUS]);
  const asked = playCity(() => ({ status: 200, body: page }));
  await show(<JourneysPage />);
  await until(() => text().includes("あと4分で出発"));
  page = journeys([LATER], { later: "l2" });
  await press("もっとあとの便");
  await until(() => text().includes("あと30分で出発"));
  expect(asked.at(-1)?.body).toMatchObject({ cursor: "l1" });
  expect(document.querySelectorAll(".journey").length).toBe(2);
  await press("もっとあとの便");
  await until(() => text().includes("これより先の便はありません。"));
  expect(asked.at(-1)?.body).toMatchObject({ cursor: "l2" });
});

test("what is opened is kept on the phone, and the list stands as it was left", async () => {
  const asked = answers(journeys([BUS]));
  await show(<JourneysPage />);
  await until(() => text().includes("あと4分で出発"));
  await press(/あと4分で出発/);
  expect(address.value.path).toBe(`/go/journeys/${keyOf(BUS)}`);
  expect(keptJourneys().map(({ key, to }) => [key, to])).toEqual([[keyOf(BUS), "市役所"]]);
  go("/go/journeys", { given: { question: QUESTION } });
  await show(<JourneysPage />);
  expect(text()).toContain("あと4分で出発");
  expect(asked.length).toBe(1);
});

test.each([
  ["no_service", "この時間に乗れる便がありません", "もっとあとの便"],
  ["no_stop_near", "歩いて行ける停留所がありません", "30分まで歩く"],
  ["not_joined", "この二つの場所をつなぐ道が見つかりません", "歩き方・運賃など"],
])("nothing found (%s) says why and offers what to do", async (nothing, why, deed) => {
  answers(journeys([], { nothing }));
  await show(<JourneysPage />);
  await until(() => text().includes(why));
  expect(button(deed)).toBeTruthy();
});

test("walking further is asked for at once", async () => {
  const asked = answers(journeys([], { nothing: "no_stop_near" }));
  await show(<JourneysPage />);
  await until(() => text().includes("30分まで歩く"));
  await press("30分まで歩く");
  await show(<JourneysPage />);
  await until(() => asked.length > 1);
  expect(asked.at(-1)?.body).toMatchObject({ most_walk_minutes: 30 });
});

test("a refusal is said in the city's words, silence in ours", async () => {
  playCity(() => ({ status: 422, body: { code: "same_place", title: "出発地と目的地が同じです。どちらかを変えてください。" } }));
  await show(<JourneysPage />);
  await until(() => text().includes("出発地と目的地が同じです"));
  keepJourney(KEPT);
  playCity(() => "silence");
  await press("もう一度ためす");
  await until(() => text().includes("新しくさがせません"));
  expect(text()).toContain("この電話に残っている行き方は見られます。");
});

test("nobody asked for anything yet", async () => {
  go("/go/journeys");
  await show(<JourneysPage />);
  expect(text()).toContain("まだ行き先がえらばれていません");
});

test("a journey is told leg by leg; where two legs meet is said once", async () => {
  const priced = { ...BUS, fare: { ...fare(180), lines: [{ leg: 1, name: "普通運賃", why: "child", amount: 180, currency: "JPY" }] } };
  keepJourney({ ...KEPT, journey: priced });
  answers(journeys([priced]));
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await settled();
  const points = [...document.querySelectorAll(".leg-point")].map((each) => each.textContent);
  expect(points).toEqual(["08:04いまいる場所", "08:10駅前乗る", "08:20市役所前降りる", "08:22市役所"]);
  expect(text()).toContain("待ち3分");
  expect(text()).toContain("とちゅうの停留所 1");
  expect(text()).toContain("1 · 普通運賃 · こども180円");
  expect(text()).toContain("地図：© まちの地図");
});

test("a bus that runs late changes the journey on the screen and on the phone, with what was planned beside it", async () => {
  keepJourney(KEPT);
  const ride = LEGS[1] ?? leg("ride", "08:10", "08:20");
  const late = { ...ride, leaves_at: at("08:14"), arrives_at: at("08:24"), trip: trip({ state: "live", delay_s: 240 }), alerts: [0] };
  const now = journey({ legs: [LEGS[0] ?? late, late, LEGS[2] ?? late], is_live: true });
  const asked = answers(journeys([now], { alerts: [said("道路工事のため")] }));
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await until(() => text().includes("4分おくれ"));
  expect(asked[0]?.body).toMatchObject({ at: "2026-11-20T22:59:00.000Z", is_arriving: false });
  expect(text()).toContain("予定 08:10");
  expect(text()).toContain("道路工事のため");
  expect(keptJourneys()[0]?.journey.is_live).toBe(true);
});

test("roads that are closed are said: gone around, close by, or perhaps in the way where there is no map", async () => {
  const works: ClosedRoad = {
    id: "w",
    how: "avoided",
    kind: "all",
    name: "水道の工事",
    owner: "見本市道路課",
    url: "",
    begins_at: null,
    ends_at: "2026-11-23T00:00:00+09:00",
    geometry: { type: "LineString", coordinates: [] },
  };
  const market: ClosedRoad = { ...works, id: "m", how: "near", kind: "vehicles", name: "日曜市", ends_at: "2026-11-21T16:00:00+09:00" };
  const near: ClosedRoad = { ...works, how: "near" };
  const legs = LEGS.map((each, index) => ({ ...each, closures: index === 0 ? [near] : index === 2 ? [market, works] : [] }));
  keepJourney({ ...KEPT, journey: journey({ legs }) });
  playCity(() => "silence");
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  const said = [...document.querySelectorAll(".notice")].map((each) => each.textContent);
  expect(said).toEqual([
    "お知らせ通行止めを避けています水道の工事11月22日(日)まで · 見本市道路課",
    "お知らせ近くに通行止めがあります日曜市車と自転車は通れません · 11月21日(土) 16:00まで · 見本市道路課",
  ]);
  const unknown = { ...works, how: "not_known" } as const;
  keepJourney({ ...KEPT, journey: journey({ legs: [{ ...leg("walk", "08:04", "08:30"), closures: [unknown] }] }) });
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  expect(document.querySelector(".notice-warn")?.textContent).toContain("避けているかどうかわかりません");
});

test("a connection that will be missed is said, with why", async () => {
  const first = leg("ride", "08:00", "08:18", { trip: trip({ state: "live", delay_s: 480, line: line({ name: "2" }) }) });
  const second = leg("ride", "08:15", "08:40");
  keepJourney({ ...KEPT, journey: journey({ id: BUS.id, legs: [first, second] }) });
  playCity(() => "silence");
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  expect(text()).toContain("1に間に合わない見込みです");
  expect(text()).toContain("前の2がおくれています。");
});

test("a journey that can no longer be had says so and leads to others", async () => {
  keepJourney(KEPT);
  answers(journeys([LATER]));
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await until(() => text().includes("いまさがすと出てきません"));
  await press("ほかの行き方をさがす");
  expect(address.value.given.question).toEqual(QUESTION);
});

test("without a connection the journey is read from the phone, with since when", async () => {
  keepJourney(KEPT);
  offlineSince.value = NOW;
  playCity(() => "silence");
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await settled();
  expect(text()).toContain("11月21日(土) 07:59の内容です");
  expect(text()).toContain("08:10駅前乗る");
  await show(<JourneyPage values={{ id: "none" }} />);
  expect(text()).toContain("この電話に残っていません");
});

test("who stays in the bus that goes on as another line is told so, and neither to get off nor to wait", async () => {
  const [first, on] = [leg("ride", "08:04", "08:14"), leg("ride", "08:16", "08:22", { is_seated: true, trip: trip({ id: "t9" }) })];
  await show(<LegList journey={journey({ legs: [first, { ...on, start: first.end }] })} from="" to="" question={QUESTION} />);
  const deeds = [...document.querySelectorAll(".leg-what")].map((each) => each.textContent);
  expect(deeds).toEqual(["乗る", "乗ったまま", "降りる"]);
  expect(document.querySelector(".leg-wait")).toBeNull();
});
