/** What is being planned, what was found, and how somebody likes to go: kept while the app is open, the last also on the phone. */
import { effect, signal } from "@preact/signals";
import type { Journeys, JourneysAsked, PlaceAsked, ViaAsked } from "../../api/journeys";
import { recallGoing, rememberGoing, type Going, type NamedPlace } from "../../offline/going";
import type { Here } from "../../state/here";
import { KINDS } from "./choices";
import { me } from "../../state/session";

/** An end of the way: where the phone is, or a place with a name. */
export type End = "here" | NamedPlace;

export type When =
  | { readonly kind: "now" }
  /** The day as 2026-11-21 and the time as 08:05, both in Japan. */
  | { readonly kind: "leave" | "arrive"; readonly day: string; readonly time: string };

export interface Wish {
  readonly from: End;
  readonly to: End | null;
  readonly when: When;
  readonly via: readonly Stay[];
}

export interface Stay {
  readonly place: NamedPlace;
  readonly minutes: number;
}

export const NO_WISH: Wish = { from: "here", to: null, when: { kind: "now" }, via: [] };
export const MOST_VIA = 2;
const MOST_RECENT = 5;

export const wish = signal<Wish>(NO_WISH);
export const going = signal<Going>(recallGoing());
/** What was found last, and for which question, so that coming back finds it as it was left. */
export const found = signal<{ readonly question: JourneysAsked; readonly answer: Journeys; readonly at: Date } | null>(null);
/** The journey that somebody lets this phone watch, by its key. */
export const followed = signal<string | null>(null);

export const change = (part: Partial<Wish>): void => {
  wish.value = { ...wish.peek(), ...part };
};

/** This function will change how somebody goes, and keep it on the phone. */
export function choose(part: Partial<Going>): void {
  going.value = { ...going.peek(), ...part };
  rememberGoing(going.value);
}

/** This function will read again what the phone keeps: somebody else may have left since. */
export function readGoing(): void {
  going.value = recallGoing();
}

let person: string | null = null;

/** Where somebody wanted to go leaves the screen with them, as what the phone kept does. */
effect(() => {
  const now = me.value?.resident_id ?? null;
  if (person !== null && now !== person) {
    wish.value = NO_WISH;
    found.value = null;
    followed.value = null;
    readGoing();
  }
  person = now;
});

export function swap(): void {
  const { from, to } = wish.peek();
  if (to !== null) change({ from: to, to: from });
}

const same = (left: NamedPlace, right: NamedPlace): boolean =>
  left.stop || right.stop ? left.stop === right.stop : left.lat === right.lat && left.lon === right.lon;

/** This function will put a place first among those gone to lately. */
export function remember(place: NamedPlace): void {
  choose({ recent: [place, ...going.peek().recent.filter((each) => !same(each, place))].slice(0, MOST_RECENT) });
}

export const isFavourite = (stop: string): boolean => going.value.favourites.some((each) => each.stop === stop);

/** This function will make a stop a favourite, or no longer; it tells which. */
export function toggleFavourite(stop: NamedPlace): boolean {
  const others = going.peek().favourites.filter((each) => each.stop !== stop.stop);
  const added = others.length === going.peek().favourites.length;
  choose({ favourites: added ? [...others, stop] : others });
  return added;
}

/** Five decimals are about a metre; nobody needs to be told more. */
const rounded = (degrees: number): number => Math.round(degrees * 100_000) / 100_000;

const asked = (end: End, here: Here | null, hereName: string): PlaceAsked | null => {
  if (end !== "here") return end;
  return here && { lat: rounded(here.latitude), lon: rounded(here.longitude), name: hereName };
};

/** This function will make the question of a wish; null where the phone's place is wanted and not known, or there is no goal. */
export function questionOf({ from, to, when, via }: Wish, how: Going, here: Here | null, hereName: string): JourneysAsked | null {
  const ends = [asked(from, here, hereName), to && asked(to, here, hereName)];
  const [start, goal] = ends;
  if (!start || !goal) return null;
  return {
    from: start,
    to: goal,
    ...(when.kind === "now" ? {} : { at: `${when.day}T${when.time}:00+09:00` }),
    is_arriving: when.kind === "arrive",
    walk: how.walk,
    pace: how.pace,
    most_walk_minutes: how.mostWalkMinutes,
    own: how.own,
    kinds: how.without.length === 0 ? [] : KINDS.filter((kind) => !how.without.includes(kind)),
    via: via.map(({ place, minutes }): ViaAsked => ({ place, stay_minutes: minutes })),
    avoided_routes: how.avoided.map(({ id }) => id),
    preferred_routes: how.preferred.map(({ id }) => id),
    has_bicycle: how.hasBicycle,
    rider: how.rider,
  };
}

/** True where the wish has to know where the phone is. */
export const needsHere = ({ from, to }: Wish): boolean => from === "here" || to === "here";
