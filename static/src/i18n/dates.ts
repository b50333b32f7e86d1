import { LANGUAGE_TAGS, type Language } from "./languages";

/** The town keeps one clock: Japan Standard Time, nine hours ahead of UTC, without summer time. */
const JST = "Asia/Tokyo";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  let found = formats.get(key);
  if (!found) {
    const tag = language === "en" ? "en-GB" : LANGUAGE_TAGS[language];
    found = new Intl.DateTimeFormat(tag, { timeZone: JST, ...options });
    formats.set(key, found);
  }
  return found;
}

const dayKeys = new Intl.DateTimeFormat("en-CA", { timeZone: JST, year: "numeric", month: "2-digit", day: "2-digit" });

/** This function will give the day in Japan on which an instant falls, as 2026-11-21. */
export function jstDay(at: Date): string {
  return dayKeys.format(at);
}

/** This function will count the days from one day to another, both written as 2026-11-21. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** This function will write a day as a person says it: 11月21日(土), with the year only when it is another one. */
export function dayText(day: string, language: Language, now: Date): string {
  const at = new Date(`${day}T12:00:00+09:00`);
  const otherYear = day.slice(0, 4) !== jstDay(now).slice(0, 4);
  if (language === "ja" || language === "ja-easy") {
    const weekday = format(language, "weekday", { weekday: "short" }).format(at);
    const year = otherYear ? `${Number(day.slice(0, 4))}年` : "";
    return `${year}${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日(${weekday})`;
  }
  const options: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: language === "en" ? "short" : "long" };
  if (otherYear) options.year = "numeric";
  return format(language, otherYear ? "day and year" : "day", options).format(at);
}

/** This function will write a month, as 2026-11, the way a person says it. */
export function monthText(month: string, language: Language): string {
  const [year, number] = month.split("-").map(Number);
  if (language === "ja" || language === "ja-easy") return `${year}年${number}月`;
  return format(language, "month", { year: "numeric", month: "long" }).format(new Date(`${month}-15T12:00:00+09:00`));
}

/** This function will write the time of day in Japan as 14:05. */
export function timeText(at: Date): string {
  return format("en", "time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** This function will write an instant as a day and a time in Japan. */
export function momentText(at: Date, language: Language, now: Date): string {
  return `${dayText(jstDay(at), language, now)} ${timeText(at)}`;
}
