/** Following a journey: the city watches it and tells over a live feed when it runs otherwise. Who follows is not kept. */
import { ask } from "./http";
import type { Call, Journey, JourneyPlace, JourneysAsked, Leg, PlaceAsked, ServiceAlert } from "./journeys";

export interface Following {
  /** A secret of this phone: whoever has it hears the journey. */
  readonly id: string;
  readonly feed: string;
  readonly expires_at: string;
}

/** Where the traveller should be; of a ride the stop that comes next, and how many are left after it. */
export interface Phase {
  readonly kind: "before" | "walking" | "waiting" | "riding" | "stranded" | "arrived";
  readonly leg: number;
  readonly next: Call | null;
  readonly stops_left: number;
}

/** A change from one ride into another, by the numbers of their legs. */
export interface Change {
  readonly before: number;
  readonly after: number;
  readonly needed_s: number;
  readonly slack_s: number;
  readonly holds: boolean;
}

/** The first thing in the way, and at which leg. */
export interface Broken {
  readonly kind: "missed" | "cancelled" | "gone" | "skipped";
  readonly leg: number;
}

export interface FollowedNow {
  readonly at: string;
  /** Nothing where the timetable does not know one of its trips any more. */
  readonly journey: Journey | null;
  readonly phase: Phase;
  readonly changes: readonly Change[];
  readonly trouble: Broken | null;
  readonly instead: readonly Journey[];
  readonly alerts: readonly ServiceAlert[];
}

const FOLLOWED = "/api/v1/mobility/followed_journeys";

const placeOf = ({ stop, lat, lon }: JourneyPlace): PlaceAsked => ({ ...(stop ? { stop } : {}), lat, lon });

/** Of a leg what the city has to know to find it again. */
const taken = ({ way, start, end, leaves_at, arrives_at, planned_leaves_at, planned_arrives_at, metres, risk_m, offer, fare, is_seated, trip }: Leg) => ({
  ...{ way, leaves_at, arrives_at, planned_leaves_at, planned_arrives_at, metres, risk_m, offer, fare, is_seated },
  start: placeOf(start),
  end: placeOf(end),
  trip: trip && { id: trip.id, day: trip.day },
});

export function followJourney({ cursor: _page, ...question }: JourneysAsked, legs: readonly Leg[]): Promise<Following> {
  return ask("POST", FOLLOWED, { body: { question, legs: legs.map(taken) } });
}

export const unfollow = (id: string): Promise<void> => ask("DELETE", `${FOLLOWED}/${id}`);
