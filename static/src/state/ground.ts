/** What lies beneath every map: where the town is, its stops, lines and larger streets, as the city tells them. Asked once a language. */
import { townGround, type Ground } from "../api/stops";
import { pointsOf, type LatLon } from "../api/polyline";
import { language } from "../i18n";

/** The corners of a piece of the earth: west and south, east and north. */
export type Corners = readonly [readonly [number, number], readonly [number, number]];

const asked = new Map<string, Promise<Ground | null>>();

/** This function will give what the city tells; null where it has no timetable or cannot be reached, to be asked again next time. */
export function ground(): Promise<Ground | null> {
  const tongue = language.value;
  const known = asked.get(tongue);
  if (known) return known;
  const asking = townGround().catch(() => {
    asked.delete(tongue);
    return null;
  });
  asked.set(tongue, asking);
  return asking;
}

/** Less than a town is no place to open a map on: one stop alone would fill it. */
const LEAST = 0.01;

/** This function will give the corners on which a map opens. */
export function cornersOf({ box: { west, south, east, north } }: Ground): Corners {
  const [wide, high] = [Math.max(0, LEAST - (east - west)) / 2, Math.max(0, LEAST - (north - south)) / 2];
  return [[west - wide, south - high], [east + wide, north + high]];
}

const AROUND = 0.1;

/** This function will tell whether a place is in the town or about ten kilometres around it. */
export function isAround({ box: { west, south, east, north } }: Ground, { lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  return lon > west - AROUND && lon < east + AROUND && lat > south - AROUND && lat < north + AROUND;
}

const NEAR = 0.02;

/** This function will tell whether the city's streets are drawn around a place; elsewhere a map shows lines and stops alone. */
export function hasStreets(told: Ground | null, { lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  const isNear = ([north, east]: LatLon): boolean => Math.abs(north - lat) < NEAR && Math.abs(east - lon) < NEAR;
  return told?.streets.some(({ shape }) => pointsOf(shape).some(isNear)) ?? false;
}
