import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { Success } from "../../components/Success";
import { t, tx } from "../../i18n";

/** The account is closed, and nobody is here any more. */
export default function Closed() {
  return (
    <Page
      title={t("closing.done")}
      foot={
        <ButtonLink look="main" wide href="/">
          {tx("closing.to_start")}
        </ButtonLink>
      }
    >
      <Success title={tx("closing.done")} said={t("closing.done")}>
        <p>{tx("closing.thanks")}</p>
      </Success>
    </Page>
  );
}
