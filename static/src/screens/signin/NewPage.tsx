import { arriveAsGuest } from "../../api/allauth";
import { Page } from "../../app/Page";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { proceed } from "./flow";

/** One question before registering: does the person belong here, or are they a guest? Both get an ID; a guest may say nothing. */
export default function NewPage() {
  const { busy, trouble, run } = useDeed();
  const atOnce = async (): Promise<void> => {
    if (!busy) await run(async () => proceed(await arriveAsGuest()));
  };
  return (
    <Page title={t("new.title")} heading={tx("new.title")} back="/sign-in">
      <p class="lead">{tx("new.question")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <List>
        <Row icon="home" title={tx("new.resident")} href="/sign-in/address?new=1" />
        <Row icon="go" title={tx("new.guest")} href="/sign-in/address?new=1&guest=1" />
        <Row icon="phone" title={tx("new.guest_now")} detail={tx("new.guest_now_what")} onPress={() => void atOnce()} />
      </List>
    </Page>
  );
}
