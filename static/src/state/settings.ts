/** What a person chose on this phone. It holds nothing about who they are, so it outlives signing out. */
import { signal } from "@preact/signals";
import { isLanguage, nearestLanguage, type Language } from "../i18n";

export const TEXT_SIZES = ["normal", "large", "larger", "largest"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const KEY = "machi.settings";

interface Settings {
  readonly language: Language | null;
  readonly textSize: TextSize;
}

function read(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
    const textSize = TEXT_SIZES.find((each) => each === kept.textSize) ?? "normal";
    return { language: isLanguage(kept.language) ? kept.language : null, textSize };
  } catch {
    return { language: null, textSize: "normal" };
  }
}

function write(change: Partial<Settings>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
}

export const textSize = signal<TextSize>("normal");

/** This function will give the language chosen on this phone, or else the nearest to what the browser asks for. */
export function startLanguage(): Language {
  return read().language ?? nearestLanguage(navigator.languages ?? []);
}

/** True once a person has picked a language here; until then the account's own may decide. */
export const languageChosen = (): boolean => read().language !== null;

export const keepLanguage = (language: Language): void => write({ language });

export function setTextSize(size: TextSize): void {
  textSize.value = size;
  document.documentElement.dataset.text = size;
  write({ textSize: size });
}

export function startTextSize(): void {
  const { textSize: size } = read();
  textSize.value = size;
  document.documentElement.dataset.text = size;
}
