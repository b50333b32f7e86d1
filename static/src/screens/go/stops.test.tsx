import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Departure, Departures } from "../../api/stops";
import { place as address } from "../../app/router";
import { button, leaveStage, playCity, press, show, until } from "../../test-stage";
import type { FeedUse } from "../../live/feed";
import { at, line, NOW, place, trip } from "./played-town";
import { going, NO_WISH, readGoing, wish } from "./state";
import StopPage from "./StopPage";
import TripPage from "./TripPage";

vi.mock("../../state/live", () => ({
  openFeed: (name: string, use: FeedUse) => {
    feeds.set(name, use);
    return () => feeds.delete(name);
  },
}));
const feeds = vi.hoisted(() => new Map<string, FeedUse>());

const STOP = { id: "bus:s1", name: "駅前", reading: "えきまえ", lat: 32.21, lon: 130.75 };
const text = (): string => document.body.textContent ?? "";

const departure = (leaves: string, more: Partial<Departure> = {}): Departure => ({
  id: leaves,
  trip: "bus:t/1",
  day: "2026-11-21",
  line: line(),
  headsign: "市役所",
  platform: "",
  leaves_at: at(leaves),
  planned_at: at(leaves),
  delay_s: 0,
  state: "planned",
  is_last: false,
  wheelchair: "unknown",
  ...more,
});
const board = (departures: readonly Departure[], more: Partial<Departures> = {}): Departures => ({
  stop: STOP,
  at: at("08:00"),
  service_day: "2026-11-21",
  departures,
  is_cut: false,
  last: null,
  next_service: null,
  alerts: [],
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  localStorage.clear();
  readGoing();
  wish.value = NO_WISH;
});
afterEach(() => {
  leaveStage();
  vi.useRealTimers();
});

test("a stop tells how soon each vehicle leaves, from where, how it runs, and which is the last", async () => {
  const asked = playCity(() => ({
    status: 200,
    body: board(
      [
        departure("08:07", { planned_at: at("08:04"), state: "live", delay_s: 180, platform: "2", wheelchair: "possible" }),
        departure("08:20", { state: "cancelled" }),
        departure("09:30", { is_last: true, state: "added" }),
      ],
      {
        alerts: [
          { id: "a1", header: "道路工事", description: "駅前は仮の停留所です。", url: "javascript:alert(1)", severity: "info", by: "見本バス" },
          { id: "a2", header: "大雨で運休", description: "", url: "https://bus.example/rain", severity: "severe", by: "" },
        ],
      },
    ),
  }));
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("あと7分"));
  expect(asked[0]?.path).toBe("/api/v1/mobility/stops/bus%3As1/departures?limit=20");
  const rows = [...document.querySelectorAll(".departure")].map((each) => each.textContent);
  expect(rows[0]).toBe("あと7分08:07予定 08:04バス 1市役所ゆきのりば 23分おくれ車いすで乗れます");
  expect(rows[1]).toContain("運休");
  expect(rows[2]).toBe("09:30バス 1市役所ゆき定刻臨時最終");
  expect(text()).toContain("駅前は仮の停留所です。");
  expect([...document.querySelectorAll(".notice")].map((each) => each.textContent)).toEqual([
    "ご注意大雨で運休くわしく見る",
    "お知らせ道路工事駅前は仮の停留所です。見本バス",
  ]);
  expect([...document.querySelectorAll(".notice a")].map((each) => each.getAttribute("href"))).toEqual(["https://bus.example/rain"]);
  expect(button(/あと7分/).getAttribute("href")).toBe("/go/trips/bus%3At%2F1/2026-11-21");
});

test("what the feed tells stands on the board at once; what it does not tell in full is asked for", async () => {
  const asked = playCity(() => ({ status: 200, body: board([departure("08:07")]) }));
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("あと7分"));
  const { line: _line, wheelchair: _wheelchair, ...rest } = departure("08:12", { id: "08:07", planned_at: at("08:07"), state: "live", delay_s: 300 });
  const heard = (route: string) => ({
    board: { at: at("08:01"), stop: "bus:s1", service_day: "2026-11-21", is_cut: false, alerts: [], departures: [{ ...rest, route, line: {}, headsign: { ja: "市役所" } }] },
  });
  const feed = feeds.get("mobility.departures:bus:s1");
  await act(() => feed?.event({ type: "departures.changed", data: heard("bus:1") }));
  expect(text()).toContain("あと12分");
  expect(text()).toContain("5分おくれ");
  expect(asked.length).toBe(1);
  await act(() => feed?.event({ type: "departures.changed", data: heard("bus:9") }));
  await until(() => asked.length > 1);
  expect(asked.length).toBe(2);
});

test("what leaves on another day stands under that day", async () => {
  const tomorrow = "2026-11-22T05:55:00+09:00";
  playCity(() => ({ status: 200, body: board([departure("21:45", { is_last: true }), departure("05:55", { leaves_at: tomorrow, planned_at: tomorrow })]) }));
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("最終"));
  expect([...document.querySelectorAll("h2")].map((each) => each.textContent)).toEqual(["11月22日(日)"]);
});

test("where nothing leaves any more, the next day on which something does is told", async () => {
  playCity(() => ({ status: 200, body: board([], { next_service: { day: "2026-11-23", first_at: "2026-11-23T06:40:00+09:00" } }) }));
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("このあと出る便はありません"));
  expect(text()).toContain("次は11月23日(月) 06:40です。");
});

test("a stop is put among the favourites, and is an end of the way", async () => {
  playCity(() => ({ status: 200, body: board([departure("08:07")]) }));
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("あと7分"));
  await press("お気に入りの停留所");
  expect(going.value.favourites).toEqual([{ stop: "bus:s1", name: "駅前", lat: 32.21, lon: 130.75 }]);
  expect(button("お気に入りの停留所").getAttribute("aria-pressed")).toBe("true");
  await press("ここへ行く");
  expect([wish.value.to, address.value.path]).toEqual([{ stop: "bus:s1", name: "駅前", lat: 32.21, lon: 130.75 }, "/go"]);
});

test("without a connection it is said, and once there is one again it goes on", async () => {
  playCity(() => "silence");
  await show(<StopPage values={{ id: "bus:s1" }} />);
  await until(() => text().includes("出発の案内を出せません"));
  playCity(() => ({ status: 200, body: board([departure("08:07")]) }));
  await press("もう一度ためす");
  await until(() => text().includes("あと7分"));
  expect(text()).not.toContain("出発の案内を出せません");
});

test("a vehicle on its way: where it is, what it has passed, and what comes", async () => {
  const call = (name: string, time: string) => ({
    place: place(name, name),
    arrives_at: at(time),
    leaves_at: at(time),
    planned_arrives_at: at(time),
    planned_leaves_at: at(time),
    is_skipped: name === "三日町",
  });
  const calls = [call("始発町", "07:40"), call("二日町", "07:50"), call("駅前", "07:58"), call("市役所前", "08:04"), call("三日町", "08:10")];
  playCity(() => ({ status: 200, body: { trip: trip(), calls, line: "", position: "between", passed: 3, share: 0.4, contacts: [{ name: "見本バス", phone: "000-1111", url: "", address: "" }] } }));
  await show(<TripPage values={{ id: "t1", day: "2026-11-21" }} />);
  await until(() => text().includes("市役所前へ向かっています"));
  expect(document.querySelector("h1")?.textContent).toBe("1 市役所ゆき");
  expect(text()).toContain("通りすぎた停留所 2");
  expect(document.querySelector("[aria-current=step]")?.textContent).toContain("市役所前");
  expect(text()).toContain("三日町通過");
  expect(text()).toContain("時刻表から見た位置です。");
  expect(document.querySelector('a[href="tel:000-1111"]')).toBeTruthy();
});
