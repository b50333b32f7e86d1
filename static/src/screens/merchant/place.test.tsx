import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answers, Details } from "../../api/merchants";
import type { Point } from "../../api/shops";
import { leaveStage, playCity, press, settled, show, type as write, until } from "../../test-stage";
import { outline, shops } from "../shops/state";
import { spansText } from "../shops/week";
import { addressText, isInTown, pointOf, pointText, readPoint } from "./place";
import { PointField } from "./PointField";

/** The map, played by hand: what matters here is what it is told and what it tells. */
const map = vi.hoisted(() => ({ seen: [] as (object | null)[], pick: (_point: object): void => undefined }));
vi.mock("./PickMap", () => ({
  default: ({ point, onPoint }: { point: Point | null; onPoint: (point: Point) => void }) => {
    map.seen.push(point);
    map.pick = (chosen) => onPoint(chosen as Point);
    return null;
  },
}));

const CORNERS = [pointOf(32.3, 130.7), pointOf(32.3, 130.8), pointOf(32.25, 130.87), pointOf(32.09, 130.83), pointOf(32.15, 130.65)];
const EMPTY: Details = { kind: "", kind_en: "", address: "", address_en: "", telephone: "", point: null, hours: null };
const HALL = pointOf(32.2125, 130.7611);
const KUMAMOTO = pointOf(32.8031, 130.7079);
let kept: Details = EMPTY;
const text = (): string => document.body.textContent ?? "";
const box = (): string => document.querySelector<HTMLInputElement>("input[name=point]")?.value ?? "";

function Stage() {
  const [details, setDetails] = useState(kept);
  kept = details;
  return <PointField details={details} onDetails={setDetails} error={undefined} />;
}

beforeEach(() => {
  kept = EMPTY;
  map.seen = [];
  shops.value = null;
  outline.value = [];
  playCity(() => ({ status: 200, body: { results: [], outline: CORNERS } }));
});

afterEach(() => {
  leaveStage();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  shops.value = null;
});

test("places are read as people write them, and written so that they are read again", () => {
  expect(readPoint("32.2125, 130.7611")).toEqual(HALL);
  expect(readPoint("３２．２１２５、１３０．７６１１")).toEqual(HALL);
  expect(readPoint(pointText(HALL))).toEqual(HALL);
  for (const other of ["", "32.2125", "九日町", "32.2125 130.7611 5"]) expect(readPoint(other)).toBeNull();
});

test("a place is in the town or not, whichever way round its corners go; without corners everything is", () => {
  for (const corners of [CORNERS, [...CORNERS].reverse()]) {
    expect([HALL, KUMAMOTO, pointOf(32.2, 131.5), pointOf(32.2, 130.6)].map((each) => isInTown(corners, each))).toEqual([true, false, false, false]);
  }
  expect(isInTown([], KUMAMOTO)).toBe(true);
});

test("a tap on the map stands in the numbers, and numbers stand on the map", async () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({} as never);
  await show(<Stage />);
  await press("地図で選ぶ");
  await until(() => map.seen.length > 0);
  await act(() => map.pick(HALL));
  expect([kept.point, box()]).toEqual([HALL, "32.2125, 130.7611"]);
  await write("緯度と経度", "32.22, 130.77");
  expect(map.seen[map.seen.length - 1]).toEqual(pointOf(32.22, 130.77));
  await act(() => map.pick(KUMAMOTO));
  expect(text()).toContain("まちの外の位置です");
  await act(() => map.pick(HALL));
  expect(text()).not.toContain("まちの外の位置です");
});

test("where I am is taken when I say so, and refused place leaves the other ways", async () => {
  const asked: ((found: object) => void)[] = [];
  let lose: () => void = () => undefined;
  vi.stubGlobal("navigator", {
    ...navigator,
    geolocation: {
      getCurrentPosition: (found: (place: object) => void, lost: () => void) => {
        asked.push(found);
        lose = lost;
      },
    },
  });
  await show(<Stage />);
  expect(asked).toEqual([]);
  await press("いまいる場所を使う");
  await act(() => asked[0]?.({ coords: { latitude: 32.2125, longitude: 130.7611 } }));
  expect(kept.point).toEqual(HALL);
  await press("いまいる場所を使う");
  await act(() => lose());
  await settled();
  expect(text()).toContain("場所が分かりませんでした");
  expect(kept.point).toEqual(HALL);
});

test("where no map can be drawn it is said, and the numbers remain", async () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  await show(<Stage />);
  await press("地図で選ぶ");
  expect(text()).toContain("この画面では地図を出せません");
  expect(document.querySelector("input[name=point]")).toBeTruthy();
});

test("a district that heads the address is not said twice", () => {
  const at = (address: string): string => addressText({ district: "九日町", details: { ...EMPTY, address } } as Answers);
  expect([at("九日町 1"), at("例示番地1")]).toEqual(["九日町 1", "九日町 例示番地1"]);
});

test("hours are checked with the days that they hold on", () => {
  expect(spansText([{ days: ["sun", "mon"], opens: "09:00", closes: "18:00" }])).toBe("月曜 日曜 09:00–18:00");
});
