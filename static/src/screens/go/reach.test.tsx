import { afterEach, beforeEach, expect, test } from "vitest";
import type { Reach } from "../../api/journeys";
import { place as address } from "../../app/router";
import { leaveStage, playCity, press, show, until } from "../../test-stage";
import { place } from "./played-town";
import ReachPage, { bandsOf } from "./ReachPage";
import { change, NO_WISH, readGoing, wish } from "./state";

const text = (): string => document.body.textContent ?? "";
const REACH: Reach = {
  from: place("駅前", "s1"),
  at: "2026-11-21T08:00:00+09:00",
  minutes: 30,
  stops: [
    { place: place("駅前", "s1"), minutes: 0 },
    { place: place("九日町", "s3_1"), minutes: 8 },
    { place: place("九日町", "s3_2"), minutes: 9 },
    { place: place("市役所前", "s2"), minutes: 21 },
  ],
  area: { type: "FeatureCollection", features: [] },
  attribution: "© まちの地図",
};

beforeEach(() => {
  localStorage.clear();
  readGoing();
  wish.value = NO_WISH;
});
afterEach(leaveStage);

test("both poles of a stop are one place, with the less of their minutes", () => {
  expect(bandsOf(REACH).map(([band, spots]) => [band, spots.map(({ place: { name }, minutes }) => `${name} ${minutes}`)])).toEqual([
    [10, ["駅前 0", "九日町 8"]],
    [30, ["市役所前 21"]],
  ]);
});

test("from where one has chosen to start: what is reached, and a press makes it the goal", async () => {
  change({ from: { name: "駅前", stop: "bus:s1" } });
  const asked = playCity(() => ({ status: 200, body: REACH }));
  await show(<ReachPage />);
  await until(() => text().includes("3か所の停留所に着けます"));
  expect(asked[0]?.path).toBe("/api/v1/mobility/reach?from=stop%3Abus%3As1&minutes=30&walk=walk&pace=usual&most_walk_minutes=15");
  await press(/市役所前/);
  expect([wish.value.to, address.value.path]).toEqual([{ name: "市役所前", lat: 32.21, lon: 130.75, stop: "s2" }, "/go"]);
});

test("a place that nobody can walk from is refused in the city's words", async () => {
  playCity(() => ({ status: 422, body: { code: "place_off_map", title: "その場所の近くに、道や停留所がありません。" } }));
  change({ from: { name: "海", lat: 32, lon: 129.5 } });
  await show(<ReachPage />);
  await until(() => text().includes("道や停留所がありません"));
});
