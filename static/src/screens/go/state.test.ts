import { beforeEach, expect, test } from "vitest";
import { recallGoing, USUAL } from "../../offline/going";
import { forgetPerson, session } from "../../state/session";
import { gaitOf, ofGait, riderOf } from "./choices";
import { change, choose, followed, going, isFavourite, needsHere, NO_WISH, questionOf, readGoing, remember, swap, toggleFavourite, wish } from "./state";
import { turned } from "./WhenField";

const ME = { resident_id: "r1", display_name: "花子", language: "ja", level: 1, roles: [], organisations: [], email: null, phone: null };
const HERE = { latitude: 32.2153001, longitude: 130.7536499 };
const HALL = { name: "市役所", lat: 32.2, lon: 130.76 };
const STOP = { name: "駅前", stop: "s1", lat: 32.21, lon: 130.75 };

beforeEach(() => {
  localStorage.clear();
  readGoing();
  wish.value = NO_WISH;
});

test("here and now make a question of a goal alone; without a place it is none", () => {
  change({ to: HALL });
  expect(needsHere(wish.value)).toBe(true);
  expect(questionOf(wish.value, USUAL, null, "いまいる場所")).toBeNull();
  expect(questionOf(wish.value, USUAL, HERE, "いまいる場所")).toEqual({
    from: { lat: 32.2153, lon: 130.75365, name: "いまいる場所" },
    to: HALL,
    is_arriving: false,
    walk: "walk",
    pace: "usual",
    most_walk_minutes: 15,
    own: [],
    kinds: [],
    via: [],
    avoided_routes: [],
    preferred_routes: [],
    has_bicycle: false,
    rider: "adult",
  });
});

test("a time is one of Japan, wherever the phone thinks it is", () => {
  change({ from: STOP, to: HALL, when: { kind: "arrive", day: "2026-11-21", time: "09:05" } });
  expect(questionOf(wish.value, USUAL, null, "")).toMatchObject({ at: "2026-11-21T09:05:00+09:00", is_arriving: true });
  expect(needsHere(wish.value)).toBe(false);
});

test("there and back again is one press", () => {
  swap();
  expect(wish.value).toEqual(NO_WISH);
  change({ to: HALL });
  swap();
  expect([wish.value.from, wish.value.to]).toEqual([HALL, "here"]);
});

test("how somebody goes stays on the phone, the places they went to as well, five of them and each once", () => {
  choose({ ...ofGait("wheelchair"), mostWalkMinutes: 10, avoided: [{ id: "r1", name: "1" }] });
  for (const lat of [1, 2, 3, 4, 5, 6, 4]) remember({ name: `${lat}`, lat, lon: 0 });
  expect(recallGoing().recent.map(({ name }) => name)).toEqual(["4", "6", "5", "3", "2"]);
  expect(gaitOf(recallGoing())).toBe("wheelchair");
  change({ from: STOP, to: HALL });
  expect(questionOf(wish.value, recallGoing(), null, "")).toMatchObject({ walk: "wheelchair", most_walk_minutes: 10, avoided_routes: ["r1"] });
});

test("a stop becomes a favourite and ceases to be one", () => {
  expect(toggleFavourite(STOP)).toBe(true);
  expect(isFavourite("s1")).toBe(true);
  expect(toggleFavourite(STOP)).toBe(false);
  expect(recallGoing().favourites).toEqual([]);
});

test("who signs out takes along where they wanted to go", () => {
  session.value = { kind: "in", me: ME };
  change({ to: HALL });
  choose({ mostWalkMinutes: 30 });
  followed.value = "k1";
  forgetPerson();
  expect([wish.value, followed.value, going.value]).toEqual([NO_WISH, null, USUAL]);
});

test("the rider whose fare is asked for", () => {
  expect([riderOf(false, false), riderOf(true, false), riderOf(false, true), riderOf(true, true)]).toEqual([
    "adult",
    "child",
    "disability",
    "child_disability",
  ]);
});

test("another kind of time begins at the next five minutes and keeps what was chosen", () => {
  const now = new Date("2026-11-20T15:01:00Z");
  const leave = turned({ kind: "now" }, "leave", now);
  expect(leave).toEqual({ kind: "leave", day: "2026-11-21", time: "00:05" });
  expect(turned(leave, "arrive", new Date("2026-11-21T00:00:00Z"))).toEqual({ ...leave, kind: "arrive" });
  expect(turned(leave, "now", now)).toEqual({ kind: "now" });
});
