/** The amount being typed on the pad, kept while the till shows a code or reads one, so that a way back finds it again. */
import { signal } from "@preact/signals";

export const draft = signal("");

/** This function will take the next digits of a field that was filled in for the person: the first digit typed replaces them all. */
export function firstReplaces(suggested: string, next: string): string {
  return next.length > suggested.length && next.startsWith(suggested) ? next.slice(suggested.length).replace(/^0+/, "") : next;
}
