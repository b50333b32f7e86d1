/** Stops, what leaves them, and the town's lines, for everybody. */
import { ask } from "./http";
import type { Possible, ServiceAlert, TransitLine } from "./journeys";

export interface Stop {
  readonly id: string;
  readonly name: string;
  /** In kana, where the reader's language is Japanese. */
  readonly reading: string;
  readonly lat: number;
  readonly lon: number;
}

export interface Departure {
  readonly id: string;
  readonly trip: string;
  /** The service day, as 2026-11-21. */
  readonly day: string;
  readonly line: TransitLine;
  readonly headsign: string;
  readonly platform: string;
  readonly leaves_at: string;
  readonly planned_at: string;
  readonly delay_s: number;
  readonly state: "planned" | "live" | "cancelled" | "added";
  readonly is_last: boolean;
  readonly wheelchair: Possible;
}

export interface Departures {
  readonly stop: Stop;
  readonly at: string;
  readonly service_day: string;
  readonly departures: readonly Departure[];
  /** More leave than are told. */
  readonly is_cut: boolean;
  readonly last: Departure | null;
  /** Told where nothing leaves within a day. */
  readonly next_service: { readonly day: string; readonly first_at: string } | null;
  readonly alerts: readonly ServiceAlert[];
}

export interface StopNear {
  readonly stop: Stop;
  readonly metres: number;
  readonly walk_seconds: number;
  readonly departures: readonly Departure[];
}

export interface StopsNear {
  readonly results: readonly StopNear[];
  readonly nothing: "" | "no_stop_near" | "off_streets";
  readonly is_estimate: boolean;
  readonly attribution: string;
}

const MOBILITY = "/api/v1/mobility";
const SHOWN = 20;

export const stopsNear = (lat: number, lon: number): Promise<StopsNear> => ask("GET", `${MOBILITY}/stops?near=${lat},${lon}`);

export const departuresOf = (stop: string): Promise<Departures> =>
  ask("GET", `${MOBILITY}/stops/${encodeURIComponent(stop)}/departures?limit=${SHOWN}`);

export const townLines = (): Promise<{ readonly results: readonly TransitLine[] }> => ask("GET", `${MOBILITY}/routes`);

/** What lies beneath every map. Shapes are encoded polylines; `box` is where most vehicles call, in degrees. */
export interface Ground {
  readonly box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  /** The most frequented first. */
  readonly stops: readonly { readonly name: string; readonly lat: number; readonly lon: number }[];
  readonly lines: readonly { readonly color: string; readonly shape: string }[];
  /** None where the city has no map of them. */
  readonly streets: readonly { readonly size: "main" | "middle" | "minor"; readonly shape: string }[];
  readonly attribution: string;
}

export const townGround = (): Promise<Ground> => ask("GET", `${MOBILITY}/ground`);
