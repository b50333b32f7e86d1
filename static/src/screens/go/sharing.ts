/** A journey as plain text, for a message to somebody: what a person would write. */
import type { Journey, Leg } from "../../api/journeys";
import { language, t } from "../../i18n";
import { dayText, jstDay } from "../../i18n/dates";
import { boundText, fareText, lineName, longText, timeOf } from "./words";

/** This function will write a journey in lines. */
export function journeyAsText(journey: Journey, from: string, to: string, now: Date = new Date()): string {
  const day = dayText(jstDay(new Date(journey.leaves_at)), language.value, now);
  const lines = [
    t("share.head", { from, to }),
    t("share.times", { day, from: timeOf(journey.leaves_at), to: timeOf(journey.arrives_at), long: longText(t, journey.minutes) }),
    ...journey.legs.flatMap((leg, index) => legLines(leg, index === journey.legs.length - 1 ? to : leg.end.name)),
  ];
  if (journey.fare.lines.length > 0) lines.push(t("share.fare", { fare: fareText(t, journey.fare) }));
  return lines.join("\n");
}

function legLines(leg: Leg, end: string): readonly string[] {
  if (leg.trip) {
    const line = lineName(leg.trip.line);
    return [
      t("share.ride", { time: timeOf(leg.leaves_at), place: leg.start.name, line, headsign: boundText(t, leg.trip.headsign, leg.trip.line) }),
      t("share.off", { time: timeOf(leg.arrives_at), place: end }),
    ];
  }
  if (leg.way === "ride" || (leg.way === "walk" && leg.minutes === 0)) return [];
  return [t(`share.by_${leg.way}`, { time: timeOf(leg.leaves_at), place: end, count: leg.minutes })];
}

/** This function will hand a text on: by the phone's own way of sharing, else by the clipboard. */
export async function handOver(text: string): Promise<"shared" | "copied" | "failed"> {
  try {
    if ("share" in navigator) {
      await navigator.share({ text });
      return "shared";
    }
    await (navigator as Navigator).clipboard.writeText(text);
    return "copied";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "shared" : "failed";
  }
}
