import { useEffect, useState } from "preact/hooks";
import { passkeysSupported, PasskeyCancelled, signInWithPasskey } from "../../api/passkeys";
import { Page } from "../../app/Page";
import { place } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { LanguagePicker } from "../../components/LanguagePicker";
import { Notice } from "../../components/Notice";
import { TownPicture } from "../../components/TownPicture";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { DemoPeople } from "./Demo";
import { me, ranOut } from "../../state/session";
import { layDownCard } from "../step-up/card";
import { enter, keepNext, startAgain } from "./flow";

/** The front door: the language first, then the way in. */
export default function Welcome() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => keepNext(place.peek().query.get("next")), []);

  const { query } = place.value;
  if (query.get("again") === "1" && me.value) return <Again next={query.get("next")} strong={Number(query.get("level")) >= 2} />;

  const byPasskey = async (): Promise<void> => {
    if (!passkeysSupported()) return setTrouble(t("passkey.unsupported"));
    setBusy(true);
    setTrouble(null);
    try {
      await signInWithPasskey();
      await enter();
    } catch (error) {
      setTrouble(error instanceof PasskeyCancelled ? t("passkey.cancelled") : problemText(error));
    } finally {
      setBusy(false);
    }
  };

  const byCard = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      await layDownCard("sign_in");
    } catch (error) {
      setTrouble(problemText(error));
      setBusy(false);
    }
  };

  return (
    <Page title={t("welcome.title")} heading={tx("welcome.title")}>
      <LanguagePicker />
      {ranOut.value && <Notice kind="info" title={tx("new.signed_out")} spoken />}
      <TownPicture />
      <p class="lead">{tx("welcome.lead")}</p>
      <p class="soft">{tx("welcome.sub")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <div class="stack">
        <ButtonLink look="main" wide href="/sign-in/address">
          {tx("welcome.sign_in")}
        </ButtonLink>
        <ButtonLink wide href="/sign-in/new">
          {tx("welcome.sign_up")}
        </ButtonLink>
        <Button wide look="quiet" icon="key" busy={busy} onPress={() => void byPasskey()}>
          {tx("welcome.passkey")}
        </Button>
        <Button wide look="quiet" icon="safe" busy={busy} onPress={() => void byCard()}>
          {tx("welcome.card")}
        </Button>
      </div>
      <DemoPeople />
    </Page>
  );
}

/** A service wants to be sure who is in front: the person signs in once more, by a passkey where it must be strong. */
function Again({ next, strong }: { readonly next: string | null; readonly strong: boolean }) {
  const [busy, setBusy] = useState(false);
  const again = async (): Promise<void> => {
    setBusy(true);
    await startAgain(next);
  };
  return (
    <Page
      title={t("again.title")}
      heading={tx("again.title")}
      foot={
        <Button look="main" wide busy={busy} onPress={() => void again()}>
          {tx("again.do")}
        </Button>
      }
    >
      <p class="lead">{tx(strong ? "again.strong" : "again.what")}</p>
    </Page>
  );
}
