/** A small made-up town for the tests of getting about: one bus, one train, and the instants at which they go. */
import type { Fare, Journey, JourneyPlace, Journeys, JourneysAsked, Leg, ServiceAlert, TransitLine, Trip } from "../../api/journeys";

export const NOW = new Date("2026-11-21T08:00:00+09:00");

export const at = (time: string): string => `2026-11-21T${time}:00+09:00`;

export const place = (name: string, stop = ""): JourneyPlace => ({ name, lat: 32.21, lon: 130.75, ...(stop ? { stop } : {}) });

export const line = (more: Partial<TransitLine> = {}): TransitLine => ({
  id: "bus:1",
  name: "1",
  long_name: "見本線",
  kind: "bus",
  color: "0057B8",
  text_color: "FFFFFF",
  agency: "見本バス",
  agency_url: "",
  ...more,
});

export const trip = (more: Partial<Trip> = {}): Trip => ({
  id: "t1",
  day: "2026-11-21",
  line: line(),
  headsign: "市役所",
  state: "planned",
  delay_s: 0,
  wheelchair: "possible",
  bicycles: "unknown",
  stops: 2,
  ...more,
});

export function leg(way: Leg["way"], leaves: string, arrives: string, more: Partial<Leg> = {}): Leg {
  const [leaves_at, arrives_at] = [at(leaves), at(arrives)];
  return {
    way,
    start: place("駅前", "s1"),
    end: place("市役所前", "s2"),
    leaves_at,
    arrives_at,
    planned_leaves_at: leaves_at,
    planned_arrives_at: arrives_at,
    minutes: Math.round((Date.parse(arrives_at) - Date.parse(leaves_at)) / 60_000),
    metres: way === "ride" ? 0 : 220,
    line: "_p~iF~ps|U_ulLnnqC",
    is_seated: false,
    is_estimate: false,
    risk_m: 0,
    trip: way === "ride" ? trip() : null,
    calls: [],
    steps: [],
    offer: "",
    fare: null,
    alerts: [],
    ...more,
  };
}

export const fare = (total: number | null, at_least = total ?? 0): Fare => ({ total, at_least, currency: "JPY", lines: [] });

/** A walk, a ride and a walk, four minutes from now. */
export const LEGS: readonly Leg[] = [
  leg("walk", "08:04", "08:07", { start: place(""), end: place("駅前", "s1") }),
  leg("ride", "08:10", "08:20", {
    calls: [
      {
        place: place("九日町", "s3"),
        arrives_at: at("08:15"),
        leaves_at: at("08:15"),
        planned_arrives_at: at("08:15"),
        planned_leaves_at: at("08:15"),
        is_skipped: false,
      },
    ],
  }),
  leg("walk", "08:20", "08:22", { start: place("市役所前", "s2"), end: place("市役所") }),
];

export function journey(more: Partial<Journey> = {}): Journey {
  const legs = more.legs ?? LEGS;
  const [leaves_at, arrives_at] = [legs[0]?.leaves_at ?? "", legs.at(-1)?.arrives_at ?? ""];
  return {
    id: "t1@20261121:0-2",
    leaves_at,
    arrives_at,
    minutes: 18,
    changes: 0,
    walk_minutes: 5,
    walk_metres: 440,
    risk_m: 0,
    is_live: false,
    fare: fare(180),
    best: [],
    ...more,
    legs,
  };
}

export const journeys = (found: readonly Journey[], more: Partial<Journeys> = {}): Journeys => ({
  from: place(""),
  to: place("市役所"),
  at: at("08:00"),
  is_arriving: false,
  journeys: found,
  direct: [],
  earlier: "e1",
  later: "l1",
  nothing: "",
  attribution: "© まちの地図",
  alerts: [],
  ...more,
});

/** A notice that says only this. */
export const said = (header: string): ServiceAlert => ({ id: header, header, description: "", url: "", severity: "info", by: "" });

export const QUESTION: JourneysAsked = {
  from: { lat: 32.21, lon: 130.75, name: "いまいる場所" },
  to: { lat: 32.2, lon: 130.76, name: "市役所" },
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
};
