/**
 * The journeys that were looked at last on this phone: they can be read where nobody can be asked, with the time when they were true.
 * They tell where somebody goes, so they leave the phone with the person.
 */
import type { Journey, JourneysAsked, ServiceAlert } from "../api/journeys";

export interface KeptJourney {
  /** Short enough for an address. */
  readonly key: string;
  /** When the city told it, ISO 8601. */
  readonly at: string;
  readonly question: JourneysAsked;
  readonly from: string;
  readonly to: string;
  readonly journey: Journey;
  /** What is said about its legs, which name these by their numbers. */
  readonly alerts: readonly ServiceAlert[];
  readonly attribution: string;
}

const KEY = "machi.journeys";
const MOST = 8;

/** This function will give what is kept, the last one looked at first. */
export function keptJourneys(): readonly KeptJourney[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as readonly KeptJourney[];
  } catch {
    return [];
  }
}

export const keptJourney = (key: string): KeptJourney | null => keptJourneys().find((each) => each.key === key) ?? null;

/** This function will keep a journey in the first place; the oldest make room. A phone that has none left keeps fewer. */
export function keepJourney(kept: KeptJourney): void {
  let all = [kept, ...keptJourneys().filter(({ key }) => key !== kept.key)].slice(0, MOST);
  while (all.length > 0) {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
      return;
    } catch {
      all = all.slice(0, -1);
    }
  }
}

export const forgetJourneys = (): void => localStorage.removeItem(KEY);

/** This function will name a journey by its rides and the day, shortly (FNV-1a, 32 bits, twice). */
export function keyOf(journey: Pick<Journey, "id" | "leaves_at">): string {
  const text = `${journey.id} ${journey.leaves_at.slice(0, 10)}`;
  return `${hashed(text, 0x811c9dc5)}${hashed(text, 0x1000193)}`;
}

function hashed(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
