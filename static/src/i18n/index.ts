import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { h } from "preact";
import type { Catalogue } from "./ja";
import type { GoCatalogue } from "./ja/go";
import type { WorkCatalogue } from "./ja/work";
import { LANGUAGE_TAGS, type Language } from "./languages";
import { fill, grouped, parse } from "./template";

export type TextKey = keyof Catalogue | keyof GoCatalogue | keyof WorkCatalogue;
export { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, isLanguage, nearestLanguage, type Language } from "./languages";

/** Each catalogue is a file of its own; only the chosen one travels to the phone. */
const CATALOGUES: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  ja: () => import("./ja"),
  "ja-easy": () => import("./ja-easy"),
  en: () => import("./en"),
  "zh-hans": () => import("./zh-hans"),
  ko: () => import("./ko"),
};

/** Texts that travel with the screens that speak them: those of tills and merchants, and those of getting about. */
const PARTS = {
  work: {
    ja: () => import("./ja/work"),
    "ja-easy": () => import("./ja-easy/work"),
    en: () => import("./en/work"),
    "zh-hans": () => import("./zh-hans/work"),
    ko: () => import("./ko/work"),
  },
  go: {
    ja: () => import("./ja/go"),
    "ja-easy": () => import("./ja-easy/go"),
    en: () => import("./en/go"),
    "zh-hans": () => import("./zh-hans/go"),
    ko: () => import("./ko/go"),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, () => Promise<{ default: Readonly<Record<string, string>> }>>>>>;
export type Part = keyof typeof PARTS;

export const language = signal<Language>("ja");
const catalogue = signal<(Catalogue & Partial<GoCatalogue & WorkCatalogue>) | null>(null);
/** The parts that somebody has asked for, with the first fetching of each. */
const spoken = new Map<Part, Promise<void>>();

/** This function will fetch a catalogue and then, at once, make the whole app speak it. */
export async function speak(chosen: Language): Promise<void> {
  const [loaded, ...parts] = await Promise.all([CATALOGUES[chosen](), ...[...spoken.keys()].map((part) => PARTS[part][chosen]())]);
  catalogue.value = Object.assign({}, loaded.default, ...parts.map((part) => part.default));
  language.value = chosen;
  document.documentElement.lang = LANGUAGE_TAGS[chosen];
}

/** This function will fetch the words of a part too; from then on they come along in every language. */
export function speakAlso(part: Part): Promise<void> {
  const known = spoken.get(part);
  if (known) return known;
  const asked = language.value;
  const fetching = PARTS[part][asked]().then(
    ({ default: words }) => {
      if (catalogue.value && language.value === asked) catalogue.value = { ...catalogue.value, ...words };
    },
    (error: unknown) => {
      spoken.delete(part);
      throw error;
    },
  );
  spoken.set(part, fetching);
  return fetching;
}

function template(key: TextKey): string {
  const text = catalogue.value?.[key];
  if (text === undefined) throw new Error(`no language is loaded yet that says ${key}`);
  return text;
}

/** This function will give a text as one plain line, for labels and announcements. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(template(key), values);
}

/** This function will give a text for the screen: readings stand above their words and parts may be filled with elements. */
export function tx(key: TextKey, values: Readonly<Record<string, ComponentChildren>> = {}): ComponentChildren {
  return parse(template(key)).map((piece) => {
    if (piece.kind === "text") return piece.text;
    if (piece.kind === "ruby") return h("ruby", null, piece.base, h("rt", null, piece.reading));
    const value = values[piece.name];
    return typeof value === "number" ? grouped(value) : value;
  });
}
