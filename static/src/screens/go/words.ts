/**
 * Journeys in words and numbers, as all screens of getting about say them: with `tx` for the eye, where easy Japanese has its readings,
 * with `t` for the ear and for plain lines.
 */
import type { ComponentChildren } from "preact";
import type { Fare, Journey, Leg, LineKind, TransitLine, Trip } from "../../api/journeys";
import type { WayIconName } from "../../components/WayIcon";
import { language, t, type TextKey } from "../../i18n";
import { dayText, jstDay, timeText } from "../../i18n/dates";
import { grouped } from "../../i18n/template";

export type Say<T> = (key: TextKey, values?: Readonly<Record<string, string | number>>) => T;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 720;

const ICONS: Readonly<Record<LineKind, WayIconName>> = {
  tram: "tram",
  subway: "rail",
  rail: "rail",
  bus: "bus",
  ferry: "ferry",
  cable: "cable",
  monorail: "rail",
  other: "bus",
};

export const kindIcon = (kind: LineKind): WayIconName => ICONS[kind];
export const legIcon = (leg: Leg): WayIconName => (leg.trip ? ICONS[leg.trip.line.kind] : leg.way === "ride" ? "bus" : leg.way);

/** This function will say what one goes by: on foot, by bus, by train. */
export function wayText<T>(say: Say<T>, { way, trip }: Leg): T {
  const word: TextKey = trip ? `way.by_${trip.line.kind}` : way === "ride" ? "way.by_other" : `way.by_${way}`;
  return say(word);
}

/** What already says where a vehicle goes, or that it goes round. */
const SAYS_SO = /(行き?|ゆき|方面|循環|回り)$/;

/** This function will say where a vehicle goes, as it stands on its front; nothing where its line's name says the same. */
export function boundText<T>(say: Say<T>, headsign: string, line: Pick<TransitLine, "name" | "long_name">): T | string {
  if (headsign === "" || headsign === line.name || headsign === line.long_name) return "";
  return SAYS_SO.test(headsign) ? headsign : say("jd.bound", { place: headsign });
}

const SHORT = 12;

/** This function will call a line by what stands on the vehicle. Some operators write its whole way behind a colon: that is not its name. */
export function lineName({ name, long_name }: Pick<TransitLine, "name" | "long_name">): string {
  const whole = name || long_name;
  const short = whole.split(/[:：]/)[0]?.trim() ?? "";
  return short !== "" && short.length <= SHORT ? short : whole;
}

/** This function will write how long something takes. */
export function longText<T>(say: Say<T>, minutes: number): T {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return say("jo.minutes", { count: minutes });
  const left = minutes % 60;
  return left === 0 ? say("jo.whole_hours", { hours }) : say("jo.hours", { hours, minutes: left });
}

/** This function will give the whole minutes left until an instant: one that is begun counts not, as at a stop; negative once it is past. */
export const minutesUntil = (at: string, now: Date): number => Math.floor((Date.parse(at) - now.getTime()) / MINUTE_MS);

/** This function will say when one has to leave: the time to go where it is near, else the day. */
export function leavesText<T>(say: Say<T>, at: string, now: Date): T {
  const minutes = minutesUntil(at, now);
  if (minutes < 0) return say("jo.left");
  if (minutes === 0) return say("jo.leaving");
  if (minutes < 60) return say("jo.in_minutes", { count: minutes });
  if (minutes < DAY_MINUTES) return say("jo.in_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return say("jo.on_day", { day: dayText(jstDay(new Date(at)), language.value, now) });
}

/** This function will write a sum in its currency; the town's own is yen. */
export const sumText = <T>(say: Say<T>, amount: number, currency: string): T | string =>
  currency === "JPY" || currency === "" ? say("money.yen", { amount }) : `${inParts(amount, currency)} ${currency}`;

/** An amount of the currency's smallest unit, with as many places as it has: 470 BRL are 4.70. */
function inParts(amount: number, currency: string): string {
  const places = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 0;
  const whole = Math.trunc(Math.abs(amount) / 10 ** places);
  const part = places > 0 ? `.${String(Math.abs(amount) % 10 ** places).padStart(places, "0")}` : "";
  return `${amount < 0 ? "-" : ""}${grouped(whole)}${part}`;
}

/** This function will say what a journey costs; what is not known is never nothing. */
export function fareText<T>(say: Say<T>, { total, at_least, currency, lines, sums = [] }: Fare): T | string {
  if (total !== null) return sumText(say, total, currency);
  if (sums.length > 1 || (currency !== "JPY" && at_least > 0)) {
    const sum = sums.map((each) => sumText(t, each.amount, each.currency)).join(" + ");
    return lines.some(({ amount }) => amount === null) ? say("jo.fare_at_least_sum", { sum }) : sum;
  }
  return at_least > 0 ? say("jo.fare_at_least", { amount: at_least }) : say("jo.fare_unknown");
}

export const changesText = <T>(say: Say<T>, changes: number): T =>
  changes === 0 ? say("jo.no_change") : say("jo.changes", { count: changes });
export const walkingText = <T>(say: Say<T>, minutes: number): T =>
  minutes === 0 ? say("jo.no_walking") : say("jo.walking", { count: minutes });

/** This function will say how a vehicle runs; null where nobody tells. */
export function runsText<T>(say: Say<T>, trip: Pick<Trip, "state" | "delay_s"> | null): T | null {
  if (trip === null || trip.state === "planned") return null;
  if (trip.state === "cancelled") return say("jo.cancelled");
  const minutes = Math.round(Math.abs(trip.delay_s) / 60);
  if (minutes === 0) return say("jo.on_time");
  return say(trip.delay_s > 0 ? "jo.late" : "jo.early", { count: minutes });
}

/** This function will say how a journey runs: what is gravest of its vehicles. */
export function journeyRuns<T>(say: Say<T>, { legs }: Journey): T | null {
  const trips = legs.flatMap(({ trip }) => (trip ? [trip] : []));
  const worst =
    trips.find(({ state }) => state === "cancelled") ??
    [...trips].filter(({ state }) => state === "live").sort((a, b) => b.delay_s - a.delay_s)[0] ??
    null;
  return runsText(say, worst);
}

export const isLate = (trip: Pick<Trip, "state" | "delay_s"> | null): boolean =>
  trip !== null && (trip.state === "cancelled" || Math.round(trip.delay_s / 60) > 0);

export const timeOf = (at: string): string => timeText(new Date(at));

/** This function will write a distance as people say it: 350 m, 1.2 km. */
export function metresText(metres: number): string {
  return metres < 950 ? `${Math.max(10, Math.round(metres / 10) * 10)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** The parts of a journey as one would say them, for the ear. */
export function partsText({ legs }: Journey): string {
  return legs
    .filter(({ way, minutes }) => way !== "walk" || minutes > 0)
    .map((leg) =>
      leg.trip
        ? t("way.line_minutes", { way: wayText(t, leg), line: lineName(leg.trip.line), count: leg.minutes })
        : t("way.minutes", { way: wayText(t, leg), count: leg.minutes }),
    )
    .join(t("way.joint"));
}

/** This function will put points between what is not empty. */
export const dotted = (parts: readonly ComponentChildren[]): ComponentChildren =>
  parts.filter(Boolean).flatMap((part, index) => (index === 0 ? [part] : [" · ", part]));
