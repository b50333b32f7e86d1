import { useEffect, useState } from "preact/hooks";
import { language } from "../i18n";
import { dayText, jstDay, momentText, timeText } from "../i18n/dates";

/** A day, a time of day, or both, in Japan; `brief` is the time today and the day before that. */
export function DateTime({ at, show = "moment" }: { readonly at: string | Date; readonly show?: "day" | "time" | "moment" | "brief" }) {
  const when = typeof at === "string" ? new Date(at) : at;
  const now = new Date();
  const texts = {
    day: () => dayText(jstDay(when), language.value, now),
    time: () => timeText(when),
    brief: () => (jstDay(when) === jstDay(now) ? timeText(when) : dayText(jstDay(when), language.value, now)),
    moment: () => momentText(when, language.value, now),
  };
  return <time dateTime={when.toISOString()}>{texts[show]()}</time>;
}

/** The end of a time, which is not in it: what ends at midnight is said by its last day. */
export function Until({ at }: { readonly at: string }) {
  const end = new Date(at);
  return timeText(end) === "00:00" ? <DateTime at={new Date(end.getTime() - 1)} show="day" /> : <DateTime at={end} />;
}

/** A whole day such as an expiry, given as 2026-11-21. */
export function Day({ day }: { readonly day: string }) {
  return <time dateTime={day}>{dayText(day, language.value, new Date())}</time>;
}

/**
 * The beginning or the end of a half-open period: at midnight in Japan the day alone says it better, and an end is then the last
 * day before it.
 */
export function Edge({ at, end }: { readonly at: string; readonly end?: boolean }) {
  const when = new Date(at);
  if (timeText(when) !== "00:00") return <DateTime at={at} />;
  return <Day day={jstDay(end ? new Date(when.getTime() - 1) : when)} />;
}

/** This hook will give the present instant, fresh every second or as often as asked. */
export function useNow(everyMs = 1000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
