import { language, LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, t } from "../i18n";
import { chooseLanguage } from "../state/session";
import { Choice } from "./Choice";

/** The five languages, each named in itself, so that nobody must read another one first. */
export function LanguagePicker({ layout = "row" }: { readonly layout?: "row" | "column" }) {
  return (
    <Choice
      label={t("language.label")}
      labelHidden
      layout={layout}
      value={language.value}
      onValue={(chosen) => void chooseLanguage(chosen).catch(() => undefined)}
      options={LANGUAGES.map((each) => ({ value: each, text: LANGUAGE_NAMES[each], lang: LANGUAGE_TAGS[each] }))}
    />
  );
}
