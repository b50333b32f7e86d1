/** Ways through town, for everybody. Instants are ISO 8601 with their zone, money is whole yen, lines are encoded polylines of precision 5. */
import type { FeatureCollection, Geometry, MultiPolygon } from "geojson";
import { ask } from "./http";

export type Walking = "walk" | "wheelchair" | "step_free" | "gentle";
export type Pace = "slow" | "usual" | "fast";
export type Carrier = "walk" | "bicycle" | "taxi";
export type Rider = "adult" | "child" | "disability" | "child_disability";
export type LineKind = "tram" | "subway" | "rail" | "bus" | "ferry" | "cable" | "monorail" | "other";
export type Possible = "unknown" | "possible" | "not_possible";
export type Best = "soonest" | "cheapest" | "fewest_changes" | "least_walking";

/** A stop by its id, or a point; `name` is what the answer calls it. */
export interface PlaceAsked {
  readonly stop?: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly name?: string;
}

export interface ViaAsked {
  readonly place: PlaceAsked;
  readonly stay_minutes: number;
}

export interface JourneysAsked {
  readonly from: PlaceAsked;
  readonly to: PlaceAsked;
  /** Without it one leaves now. */
  readonly at?: string;
  readonly is_arriving: boolean;
  readonly walk: Walking;
  readonly pace: Pace;
  readonly most_walk_minutes: number;
  readonly own: readonly Carrier[];
  /** The kinds of lines that may be ridden; none named is all. */
  readonly kinds: readonly LineKind[];
  readonly via: readonly ViaAsked[];
  readonly avoided_routes: readonly string[];
  readonly preferred_routes: readonly string[];
  readonly has_bicycle: boolean;
  readonly rider: Rider;
  readonly cursor?: string;
}

export interface JourneyPlace {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly stop?: string;
  readonly platform?: string;
  /** In kana, where the reader's language is Japanese. */
  readonly reading?: string;
}

export interface Call {
  readonly place: JourneyPlace;
  readonly arrives_at: string;
  readonly leaves_at: string;
  readonly planned_arrives_at: string;
  readonly planned_leaves_at: string;
  readonly is_skipped: boolean;
}

export interface TransitLine {
  readonly id: string;
  readonly name: string;
  readonly long_name: string;
  readonly kind: LineKind;
  /** Six hexadecimal signs as the operator gives them, or nothing. */
  readonly color: string;
  readonly text_color: string;
  readonly agency: string;
  readonly agency_url: string;
}

export interface Trip {
  readonly id: string;
  /** The service day, as 2026-11-21. */
  readonly day: string;
  readonly line: TransitLine;
  readonly headsign: string;
  readonly state: "planned" | "live" | "cancelled";
  readonly delay_s: number;
  readonly wheelchair: Possible;
  readonly bicycles: Possible;
  readonly stops: number;
}

export interface WalkStep {
  readonly kind: "street" | "path" | "steps" | "crossing" | "lift" | "off_street" | "estimate";
  readonly name: string;
  readonly metres: number;
  readonly seconds: number;
  /** To the right where positive, 0 at the start. */
  readonly turn_degrees: number;
}

export interface FareLine {
  /** The number of the leg, from 0. */
  readonly leg: number;
  readonly name: string;
  readonly why: string;
  /** Nothing is unknown. */
  readonly amount: number | null;
  readonly currency: string;
}

export interface Fare {
  /** Nothing where a part is not known; `at_least` is what is known of it. */
  readonly total: number | null;
  readonly at_least: number;
  /** Blank where two currencies are paid; they are never added up. */
  readonly currency: string;
  readonly lines: readonly FareLine[];
  /** What is known in each currency; journeys that were kept earlier do not say it. */
  readonly sums?: readonly { readonly amount: number; readonly currency: string }[];
}

/** A closed road about a way, in the reader's language. */
export interface ClosedRoad {
  readonly id: string;
  /** Avoided: without it one would go another way. Near: one passes close by. Not known: no map tells whether one passes it. */
  readonly how: "avoided" | "near" | "not_known";
  /** Who cannot pass; bicycles are vehicles. */
  readonly kind: "all" | "vehicles" | "walkers";
  readonly name: string;
  readonly owner: string;
  readonly url: string;
  readonly begins_at: string | null;
  readonly ends_at: string | null;
  readonly geometry: Geometry;
}

export interface Leg {
  /** One stays in the vehicle, which goes on as this trip. */
  readonly is_seated: boolean;
  readonly way: "walk" | "bicycle" | "taxi" | "ride";
  readonly start: JourneyPlace;
  readonly end: JourneyPlace;
  readonly leaves_at: string;
  readonly arrives_at: string;
  readonly planned_leaves_at: string;
  readonly planned_arrives_at: string;
  readonly minutes: number;
  readonly metres: number;
  readonly line: string;
  /** No map was asked: the line is straight. */
  readonly is_estimate: boolean;
  /** On so many metres nobody knows whether this person can pass. */
  readonly risk_m: number;
  readonly trip: Trip | null;
  readonly calls: readonly Call[];
  readonly steps: readonly WalkStep[];
  readonly offer: string;
  readonly fare: number | null;
  /** Numbers in the answer's list. */
  readonly alerts: readonly number[];
  /** Missing in what a phone kept before closed roads were told. */
  readonly closures?: readonly ClosedRoad[];
}

export interface Journey {
  readonly id: string;
  readonly leaves_at: string;
  readonly arrives_at: string;
  readonly minutes: number;
  readonly changes: number;
  readonly walk_minutes: number;
  readonly walk_metres: number;
  readonly risk_m: number;
  readonly is_live: boolean;
  readonly fare: Fare;
  readonly best: readonly Best[];
  readonly legs: readonly Leg[];
}

/** A notice of the city or of an operator, in the reader's language. */
export interface ServiceAlert {
  readonly id: string;
  readonly header: string;
  readonly description: string;
  readonly url: string;
  readonly severity: "unknown_severity" | "info" | "warning" | "severe";
  /** Blank for the city itself. */
  readonly by: string;
}

export interface Journeys {
  readonly from: JourneyPlace;
  readonly to: JourneyPlace;
  readonly at: string;
  readonly is_arriving: boolean;
  readonly journeys: readonly Journey[];
  readonly direct: readonly Journey[];
  readonly earlier: string;
  readonly later: string;
  /** Why there is no journey, in a word; empty where there is one. */
  readonly nothing: string;
  /** Must be shown where its map is. */
  readonly attribution: string;
  readonly alerts: readonly ServiceAlert[];
}

/** A vehicle on its way: `passed` calls lie behind it, `share` of the way to the next one too. */
export interface TripRun {
  readonly trip: Trip;
  readonly calls: readonly Call[];
  readonly line: string;
  readonly position: "before" | "at_stop" | "between" | "over";
  readonly passed: number;
  readonly share: number;
  readonly contacts: readonly Contact[];
}

/** Whom one can ask about a line; what is not known is blank. */
export interface Contact {
  readonly name: string;
  readonly phone: string;
  readonly url: string;
  readonly address: string;
}

/** Where one can be in time: every stop with its minutes, the nearest first, and the ground around them in bands of five minutes. */
export interface Reach {
  readonly from: JourneyPlace;
  readonly at: string;
  readonly minutes: number;
  readonly stops: readonly { readonly place: JourneyPlace; readonly minutes: number }[];
  readonly area: FeatureCollection<MultiPolygon, { readonly minutes: number }>;
  readonly attribution: string;
}

export type ReachAsked = Pick<JourneysAsked, "from" | "walk" | "pace" | "most_walk_minutes"> & { readonly minutes: number };

const MOBILITY = "/api/v1/mobility";

export const findJourneys = (question: JourneysAsked): Promise<Journeys> => ask("POST", `${MOBILITY}/journeys`, { body: question });

/** This function will ask how far one gets from a place, leaving now. */
export function findReach({ from, minutes, walk, pace, most_walk_minutes }: ReachAsked): Promise<Reach> {
  const start = from.stop ? `stop:${from.stop}` : `${from.lat},${from.lon}`;
  const query = new URLSearchParams({ from: start, minutes: `${minutes}`, walk, pace, most_walk_minutes: `${most_walk_minutes}` });
  return ask("GET", `${MOBILITY}/reach?${query.toString()}`);
}

export const readTrip = (id: string, day: string): Promise<TripRun> =>
  ask("GET", `${MOBILITY}/trips?id=${encodeURIComponent(id)}&day=${day}`);
