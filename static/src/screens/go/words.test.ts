import { beforeAll, expect, test } from "vitest";
import { speak, speakAlso, t } from "../../i18n";
import { at, fare, journey, leg, NOW, trip } from "./played-town";
import { journeyAsText } from "./sharing";
import { stepText } from "./Steps";
import { boundText, fareText, journeyRuns, leavesText, lineName, longText, metresText, partsText, runsText } from "./words";

beforeAll(async () => {
  await speak("ja");
  await speakAlso("go");
});

test("the time to go is said before the clock, in minutes, hours, or by the day", () => {
  expect(leavesText(t, at("08:04"), NOW)).toBe("あと4分で出発");
  expect(leavesText(t, "2026-11-21T08:04:50+09:00", NOW)).toBe("あと4分で出発");
  expect(leavesText(t, at("08:00"), NOW)).toBe("まもなく出発");
  expect(leavesText(t, at("07:58"), NOW)).toBe("出発しました");
  expect(leavesText(t, at("09:20"), NOW)).toBe("あと1時間20分で出発");
  expect(leavesText(t, "2026-11-23T08:00:00+09:00", NOW)).toBe("11月23日(月)に出発");
});

test("how long it takes is said as people do", () => {
  expect([18, 60, 65].map((minutes) => longText(t, minutes))).toEqual(["18分", "1時間", "1時間5分"]);
  expect([4, 347, 1240].map(metresText)).toEqual(["10 m", "350 m", "1.2 km"]);
});

test("a fare that nobody knows is unknown, never nothing", () => {
  expect(fareText(t, fare(180))).toBe("180円");
  expect(fareText(t, fare(0))).toBe("0円");
  expect(fareText(t, fare(null))).toBe("運賃不明");
  expect(fareText(t, fare(null, 390))).toBe("390円以上（一部は運賃不明）");
});

test("two currencies stand beside each other and are never added", () => {
  const lines = [
    { leg: 0, name: "", why: "fare", amount: 470, currency: "BRL" },
    { leg: 1, name: "", why: "taxi", amount: 300, currency: "JPY" },
  ];
  const sums = lines.map(({ amount, currency }) => ({ amount, currency }));
  expect(fareText(t, { total: 470, at_least: 470, currency: "BRL", lines: lines.slice(0, 1), sums: sums.slice(0, 1) })).toBe("4.70 BRL");
  expect(fareText(t, { total: null, at_least: 0, currency: "", lines, sums })).toBe("4.70 BRL + 300円");
  const unknown = { leg: 2, name: "", why: "unknown", amount: null, currency: "" };
  expect(fareText(t, { total: null, at_least: 0, currency: "", lines: [...lines, unknown], sums })).toBe("4.70 BRL + 300円以上（一部は運賃不明）");
  expect(fareText(t, { total: null, at_least: 470, currency: "BRL", lines: [...lines.slice(0, 1), unknown], sums: sums.slice(0, 1) })).toBe("4.70 BRL以上（一部は運賃不明）");
});

test("late, early, on time, cancelled, or nobody tells", () => {
  expect(runsText(t, trip())).toBeNull();
  expect(runsText(t, trip({ state: "live", delay_s: 200 }))).toBe("3分おくれ");
  expect(runsText(t, trip({ state: "live", delay_s: -65 }))).toBe("1分早い");
  expect(runsText(t, trip({ state: "live", delay_s: 20 }))).toBe("定刻");
  expect(runsText(t, trip({ state: "cancelled" }))).toBe("運休");
  const legs = [leg("ride", "08:00", "08:10", { trip: trip({ state: "live", delay_s: 60 }) }), leg("ride", "08:15", "08:20", { trip: trip({ state: "live", delay_s: 180 }) })];
  expect(journeyRuns(t, journey({ legs }))).toBe("3分おくれ");
});

test("a line is called by its name, not by the whole way that some operators write behind a colon", () => {
  expect(lineName({ name: "C3-3：駅→市役所→港", long_name: "" })).toBe("C3-3");
  expect(lineName({ name: "1", long_name: "見本線" })).toBe("1");
  expect(lineName({ name: "", long_name: "見本線" })).toBe("見本線");
  expect(lineName({ name: "とても長い名前の路線とそのほか：", long_name: "" })).toBe("とても長い名前の路線とそのほか：");
});

test("where a vehicle goes is said as it stands on it, and not twice", () => {
  expect(boundText(t, "市役所", trip().line)).toBe("市役所ゆき");
  expect([boundText(t, "市役所行き", trip().line), boundText(t, "まちなか循環", trip().line)]).toEqual(["市役所行き", "まちなか循環"]);
  expect(boundText(t, "まちなか循環", { name: "まちなか循環", long_name: "" })).toBe("");
});

test("to the ear a journey is a sentence of its parts", () => {
  expect(partsText(journey())).toBe("歩く3分、バス 1 10分、歩く2分");
});

test("a walk is told by turns", () => {
  const step = { kind: "street", name: "大通り", metres: 120, seconds: 90, turn_degrees: 0 } as const;
  expect(stepText<string>(t, step)).toBe("大通りをまっすぐ 120 m");
  expect(stepText<string>(t, { ...step, turn_degrees: 88 })).toBe("右に曲がって大通り 120 m");
  expect(stepText<string>(t, { ...step, turn_degrees: -40, name: "", kind: "steps" })).toBe("左に曲がって階段 120 m");
  expect(stepText<string>(t, { ...step, turn_degrees: -170 })).toBe("もどる向きに大通り 120 m");
});

test("a journey is sent as a person would write it", () => {
  const whole = journey({ fare: { ...fare(180), lines: [{ leg: 1, name: "", why: "fare", amount: 180, currency: "JPY" }] } });
  expect(journeyAsText(whole, "いまいる場所", "市役所", NOW).split("\n")).toEqual([
    "いまいる場所 → 市役所",
    "11月21日(土) 08:04発 08:22着（18分）",
    "08:04 駅前まで歩く（3分）",
    "08:10 駅前で乗る：1 市役所ゆき",
    "08:20 市役所前で降りる",
    "08:20 市役所まで歩く（2分）",
    "運賃：180円",
  ]);
});
