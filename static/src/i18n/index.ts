import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { h } from "preact";
import type { Catalogue, TextKey } from "./ja";
import { LANGUAGE_TAGS, type Language } from "./languages";
import { fill, grouped, parse } from "./template";

export type { TextKey } from "./ja";
export { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, isLanguage, nearestLanguage, type Language } from "./languages";

/** Each catalogue is a file of its own; only the chosen one travels to the phone. */
const CATALOGUES: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  ja: () => import("./ja"),
  "ja-easy": () => import("./ja-easy"),
  en: () => import("./en"),
  "zh-hans": () => import("./zh-hans"),
  ko: () => import("./ko"),
};

export const language = signal<Language>("ja");
const catalogue = signal<Catalogue | null>(null);

/** This function will fetch a catalogue and then, at once, make the whole app speak it. */
export async function speak(chosen: Language): Promise<void> {
  const loaded = await CATALOGUES[chosen]();
  catalogue.value = loaded.default;
  language.value = chosen;
  document.documentElement.lang = LANGUAGE_TAGS[chosen];
}

function template(key: TextKey): string {
  const texts = catalogue.value;
  if (!texts) throw new Error("no language is loaded yet");
  return texts[key];
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
