/**
 * How somebody likes to go, the stops they look at and where they went last: kept on this phone alone, and gone with the person.
 */
import type { Carrier, LineKind, Pace, PlaceAsked, Rider, Walking } from "../api/journeys";
import { forgetJourneys } from "./journeys";

export interface NamedPlace extends PlaceAsked {
  readonly name: string;
}

export interface NamedLine {
  readonly id: string;
  readonly name: string;
}

export interface Going {
  readonly walk: Walking;
  readonly pace: Pace;
  readonly mostWalkMinutes: number;
  /** What may be used besides walking, buses and trains. */
  readonly own: readonly Carrier[];
  readonly hasBicycle: boolean;
  /** Kinds of lines that somebody does not ride. */
  readonly without: readonly LineKind[];
  readonly rider: Rider;
  readonly avoided: readonly NamedLine[];
  readonly preferred: readonly NamedLine[];
  readonly favourites: readonly NamedPlace[];
  readonly recent: readonly NamedPlace[];
}

const KEY = "machi.going";
export const USUAL: Going = {
  walk: "walk",
  pace: "usual",
  mostWalkMinutes: 15,
  own: [],
  hasBicycle: false,
  without: [],
  rider: "adult",
  avoided: [],
  preferred: [],
  favourites: [],
  recent: [],
};

export function recallGoing(): Going {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Going>) };
  } catch {
    return USUAL;
  }
}

export const rememberGoing = (going: Going): void => localStorage.setItem(KEY, JSON.stringify(going));

/** This function will leave nothing on the phone of where somebody goes and how. */
export function forgetGoing(): void {
  localStorage.removeItem(KEY);
  forgetJourneys();
}
