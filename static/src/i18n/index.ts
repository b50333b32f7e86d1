import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { h } from "preact";
import type { Catalogue } from "./ja";
import type { WorkCatalogue } from "./ja/work";
import { LANGUAGE_TAGS, type Language } from "./languages";
import { fill, grouped, parse } from "./template";

export type TextKey = keyof Catalogue | keyof WorkCatalogue;
export { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, isLanguage, nearestLanguage, type Language } from "./languages";

/** Each catalogue is a file of its own; only the chosen one travels to the phone. */
const CATALOGUES: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  ja: () => import("./ja"),
  "ja-easy": () => import("./ja-easy"),
  en: () => import("./en"),
  "zh-hans": () => import("./zh-hans"),
  ko: () => import("./ko"),
};

const WORK: Readonly<Record<Language, () => Promise<{ default: WorkCatalogue }>>> = {
  ja: () => import("./ja/work"),
  "ja-easy": () => import("./ja-easy/work"),
  en: () => import("./en/work"),
  "zh-hans": () => import("./zh-hans/work"),
  ko: () => import("./ko/work"),
};

export const language = signal<Language>("ja");
const catalogue = signal<(Catalogue & Partial<WorkCatalogue>) | null>(null);
let atWork: Promise<void> | null = null;

/** This function will fetch a catalogue and then, at once, make the whole app speak it. */
export async function speak(chosen: Language): Promise<void> {
  const [loaded, work] = await Promise.all([CATALOGUES[chosen](), atWork && WORK[chosen]()]);
  catalogue.value = { ...loaded.default, ...work?.default };
  language.value = chosen;
  document.documentElement.lang = LANGUAGE_TAGS[chosen];
}

/** This function will fetch the words of tills and merchants too; from then on they come along in every language. */
export function speakAtWork(): Promise<void> {
  const asked = language.value;
  atWork ??= WORK[asked]().then(
    ({ default: work }) => {
      if (catalogue.value && language.value === asked) catalogue.value = { ...catalogue.value, ...work };
    },
    (error: unknown) => {
      atWork = null;
      throw error;
    },
  );
  return atWork;
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
