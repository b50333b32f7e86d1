/** The five languages of the town, each named in itself. Japanese is the source. */
export const LANGUAGES = ["ja", "ja-easy", "en", "zh-hans", "ko"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  ja: "日本語",
  "ja-easy": "やさしい日本語",
  en: "English",
  "zh-hans": "简体中文",
  ko: "한국어",
};

/** What `<html lang>` and date formatting want to hear. Easy Japanese is Japanese to a screen reader. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = {
  ja: "ja",
  "ja-easy": "ja",
  en: "en",
  "zh-hans": "zh-Hans",
  ko: "ko",
};

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** This function will choose among our languages the one nearest to what a browser asks for. */
export function nearestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith("ja")) return "ja";
    if (lower.startsWith("zh")) return "zh-hans";
    if (lower.startsWith("ko")) return "ko";
    if (lower.startsWith("en")) return "en";
  }
  return wanted.length === 0 ? "ja" : "en";
}
