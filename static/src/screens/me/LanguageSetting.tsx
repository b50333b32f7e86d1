import { Page } from "../../app/Page";
import { LanguagePicker } from "../../components/LanguagePicker";
import { t, tx } from "../../i18n";

export default function LanguageSetting() {
  return (
    <Page title={t("language.label")} heading={tx("language.label")} back="/me">
      <LanguagePicker layout="column" />
    </Page>
  );
}
