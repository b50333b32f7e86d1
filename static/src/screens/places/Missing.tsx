import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { t, tx } from "../../i18n";

export default function Missing() {
  return (
    <Page title={t("missing.title")} heading={tx("missing.title")}>
      <EmptyState
        icon="go"
        title={tx("missing.text")}
        action={<ButtonLink href="/">{tx("missing.home")}</ButtonLink>}
      />
    </Page>
  );
}
