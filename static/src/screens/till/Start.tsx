import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { deviceGone, session } from "../../state/session";
import { RegisterLink } from "./RegisterLink";
import Shops from "./Shops";

/** The till's front door: whoever runs a till, this browser itself, or nobody yet. */
export default function Start() {
  if (session.value.kind !== "out") return <Shops />;
  return (
    <Page title={t("till.title")} heading={tx("till.title")} back="/">
      {deviceGone.value && <Notice kind="warn" title={tx("register.gone")} spoken />}
      <p class="lead">{tx("register.what")}</p>
      <div class="stack">
        <RegisterLink main />
        <ButtonLink wide href="/sign-in?next=/till">
          {tx("register.as_person")}
        </ButtonLink>
      </div>
    </Page>
  );
}
