import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FollowedNow } from "../../api/follow";
import type { Journey } from "../../api/journeys";
import { go, place as address } from "../../app/router";
import { offlineSince } from "../../state/network";
import { keepJourney, keptJourney, keyOf, type KeptJourney } from "../../offline/journeys";
import { leaveStage, playCity, press, settled, show, until, type Asked } from "../../test-stage";
import { breaks, playFeed, tells, TICKET } from "../till/played-feed";
import JourneyPage from "./JourneyPage";
import { at, journey, journeys, leg, line, NOW, place, QUESTION, trip } from "./played-town";
import { followed } from "./state";

const FEED = "mobility.journey:f1";
const FIRST = leg("ride", "08:10", "08:20", { trip: trip({ id: "a", line: line({ name: "2" }) }), end: place("九日町", "s3") });
const SECOND = leg("ride", "08:24", "08:40", { trip: trip({ id: "b" }), start: place("九日町", "s3") });
const MINE = journey({ id: "a~b", legs: [FIRST, SECOND], changes: 1 });
const LATE: Journey = {
  ...MINE,
  is_live: true,
  legs: [{ ...FIRST, leaves_at: at("08:16"), arrives_at: at("08:26"), trip: trip({ state: "live", delay_s: 360, line: line({ name: "2" }) }) }, SECOND],
};
const OTHER = journey({ id: "c", legs: [leg("ride", "08:30", "08:48", { trip: trip({ id: "c", line: line({ name: "3" }) }) })] });
const KEPT: KeptJourney = {
  key: keyOf(MINE),
  at: at("07:59"),
  question: QUESTION,
  from: "いまいる場所",
  to: "市役所",
  journey: MINE,
  alerts: [],
  attribution: "",
};
const told = (more: Partial<FollowedNow> = {}): FollowedNow => ({
  at: at("08:00"),
  journey: MINE,
  phase: { kind: "waiting", leg: 0, next: null, stops_left: 0 },
  changes: [{ before: 0, after: 1, needed_s: 120, slack_s: 120, holds: true }],
  trouble: null,
  instead: [],
  alerts: [],
  ...more,
});
const MISSED = told({
  at: at("08:01"),
  journey: LATE,
  changes: [{ before: 0, after: 1, needed_s: 120, slack_s: -240, holds: false }],
  trouble: { kind: "missed", leg: 1 },
  instead: [OTHER],
});
const text = (): string => document.body.textContent ?? "";
const paths = (asked: readonly Asked[]): readonly string[] => asked.map(({ method, path }) => `${method} ${path.split("/mobility/")[1] ?? path}`);

function city({ path, method }: Pick<Asked, "path" | "method">) {
  if (path.endsWith("/tickets")) return TICKET;
  if (method === "DELETE") return { status: 204 };
  if (path.endsWith("/followed_journeys")) return { status: 201, body: { id: "f1", feed: FEED, expires_at: "" } };
  return { status: 200, body: journeys([MINE]) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  localStorage.clear();
  followed.value = null;
  go(`/go/journeys/${KEPT.key}`);
  keepJourney(KEPT);
});
afterEach(async () => {
  leaveStage();
  await settled(); // what is said in leaving is still heard by the played city
  vi.useRealTimers();
  vi.unstubAllGlobals();
  offlineSince.value = null;
});

async function following(snapshot: FollowedNow = told()): Promise<readonly Asked[]> {
  playFeed(() => ({ followed: snapshot }), FEED);
  const asked = playCity(city);
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await press("この行き方で出かける");
  await until(() => asked.some(({ path }) => path.endsWith("/tickets")));
  await settled();
  return asked;
}

test("who goes this way is watched by the city and told what comes next", async () => {
  const asked = await following();
  const sent = asked.find(({ path }) => path.endsWith("/followed_journeys"))?.body as { legs: readonly unknown[]; question: object };
  expect(sent.question).toEqual(QUESTION);
  expect(sent.legs[0]).toEqual({
    way: "ride",
    is_seated: false,
    leaves_at: at("08:10"),
    arrives_at: at("08:20"),
    planned_leaves_at: at("08:10"),
    planned_arrives_at: at("08:20"),
    metres: 0,
    risk_m: 0,
    offer: "",
    fare: null,
    start: { stop: "s1", lat: 32.21, lon: 130.75 },
    end: { stop: "s3", lat: 32.21, lon: 130.75 },
    trip: { id: "a", day: "2026-11-21" },
  });
  expect(text()).toContain("08:10に駅前で2に乗ります");
  expect(document.querySelector(".next-step")?.getAttribute("role")).toBe("status");
  expect(document.querySelector(".next-in")?.getAttribute("aria-hidden")).toBe("true");
  await press("見守りをやめる");
  expect(text()).not.toContain("08:10に駅前で2に乗ります");
  await until(() => paths(asked).includes("DELETE followed_journeys/f1"));
});

test("a missed change is said politely, with a way on that is taken with one press and watched from then on", async () => {
  const asked = await following();
  await tells("journey.changed", { followed: MISSED });
  expect(text()).toContain("1に間に合わない見込みです");
  expect(text()).toContain("前の2がおくれています。");
  expect(document.querySelector(".troubles")?.getAttribute("role")).toBe("status");
  expect(document.querySelectorAll(".notice-warn").length).toBe(1);
  expect(text()).toContain("6分おくれ");
  expect(text()).toContain("かわりの行き方");
  expect(text()).toContain("08:48に着きます");
  expect(keptJourney(KEPT.key)?.journey.is_live).toBe(true);
  await press("この行き方にする");
  expect(address.value.path).toBe(`/go/journeys/${keyOf(OTHER)}`);
  expect(followed.value).toBe(keyOf(OTHER));
  expect(keptJourney(keyOf(OTHER))).toMatchObject({ to: "市役所", question: QUESTION, journey: { id: "c" } });
  await show(<JourneyPage values={{ id: keyOf(OTHER) }} />);
  await until(() => paths(asked).filter((each) => each === "POST followed_journeys").length === 2);
  expect(paths(asked)).toContain("DELETE followed_journeys/f1");
});

test("back on time is said, a tight change too, and where one is", async () => {
  await following(MISSED);
  await until(() => text().includes("間に合わない"));
  const next = { place: place("九日町"), arrives_at: at("08:26"), leaves_at: at("08:26"), planned_arrives_at: at("08:20"), planned_leaves_at: at("08:20"), is_skipped: false };
  const riding = { kind: "riding", leg: 0, next, stops_left: 0 } as const;
  vi.setSystemTime(new Date(at("08:17")));
  await tells("journey.changed", {
    followed: told({ at: at("08:17"), journey: LATE, phase: riding, changes: [{ before: 0, after: 1, needed_s: 120, slack_s: 30, holds: true }] }),
  });
  expect(text()).toContain("予定どおり乗りつげる見込みにもどりました");
  expect(text()).toContain("1への乗りつぎの時間が少なくなっています");
  expect(text()).not.toContain("かわりの行き方");
});

test("what else stands in the way is said by its kind", async () => {
  await following();
  for (const [kind, words] of [
    ["cancelled", "1は運休です"],
    ["gone", "1は時刻表からなくなりました"],
    ["skipped", "1が九日町か市役所前に停まりません"],
  ] as const) {
    await tells("journey.changed", { followed: { ...MISSED, journey: null, trouble: { kind, leg: 1 }, instead: [] } });
    expect(text()).toContain(words);
  }
  expect(text()).toContain("いまは、かわりの行き方が見つかりません。");
});

test("while the feed is not heard the journey is asked for, and no longer once it is", async () => {
  const asked = await following();
  const before = asked.filter(({ path }) => path.endsWith("/journeys")).length;
  await breaks();
  await until(() => asked.filter(({ path }) => path.endsWith("/journeys")).length > before);
  expect(text()).toContain("08:10に駅前で2に乗ります");
});

test("a city that has forgotten the journey is asked to follow it once more", async () => {
  let tickets = 0;
  playFeed(() => ({ followed: MISSED }), FEED);
  const asked = playCity((each) => {
    if (!each.path.endsWith("/tickets")) return city(each);
    tickets += 1;
    return tickets === 1 ? { status: 404, body: { code: "follow_unknown", title: "" } } : TICKET;
  });
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  await press("この行き方で出かける");
  await until(() => text().includes("1に間に合わない見込みです"));
  expect(paths(asked).filter((each) => each === "POST followed_journeys").length).toBe(2);
});

test("a city that cannot follow this journey is asked for it instead", async () => {
  const asked = playCity((each) =>
    each.path.endsWith("/followed_journeys") ? { status: 422, body: { code: "follow_unfit", title: "" } } : city(each),
  );
  await show(<JourneyPage values={{ id: KEPT.key }} />);
  const before = asked.filter(({ path }) => path.endsWith("/journeys")).length;
  await press("この行き方で出かける");
  await until(() => asked.filter(({ path }) => path.endsWith("/journeys")).length > before);
  expect(text()).toContain("見守っています");
});

test("without a connection the last that was told stays, with its time", async () => {
  await following();
  await tells("journey.changed", { followed: MISSED });
  offlineSince.value = NOW;
  await settled();
  expect(text()).toContain("11月21日(土) 08:01の内容です");
  expect(text()).toContain("1に間に合わない見込みです");
});
