import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { t, tx } from "../../i18n";
import { Joining } from "../screen/Joining";

/** This browser becomes the shop's till. */
export default function Register() {
  return (
    <Page title={t("register.do")} heading={tx("register.do")} back="/till">
      <Joining kind="till" how="register.how" onIn={() => go("/till", { replace: true })} />
    </Page>
  );
}
