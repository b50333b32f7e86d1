import { Page } from "../../app/Page";
import { List, Row } from "../../components/List";
import { t, tx } from "../../i18n";

/** One question before registering: does the person belong here, or are they a guest? Both get an ID. */
export default function NewPage() {
  return (
    <Page title={t("new.title")} heading={tx("new.title")} back="/sign-in">
      <p class="lead">{tx("new.question")}</p>
      <List>
        <Row icon="home" title={tx("new.resident")} href="/sign-in/address?new=1" />
        <Row icon="go" title={tx("new.guest")} href="/sign-in/address?new=1&guest=1" />
      </List>
    </Page>
  );
}
