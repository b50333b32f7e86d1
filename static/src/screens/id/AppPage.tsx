import { useEffect, useState } from "preact/hooks";
import { addApp, appOffer, removeApp, type AppOffer } from "../../api/allauth";
import { ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { inFours } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

/** An authenticator app as a second way to show who one is: set up by a code to scan, taken away by showing it once more. */
export default function AppPage() {
  const [offer, setOffer] = useState<AppOffer | null | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | null>(null);
  const look = (): void => {
    appOffer().then(setOffer, (error: unknown) => setTrouble(problemText(error)));
  };
  useEffect(look, []);
  return (
    <Page title={t("totp.title")} heading={tx("totp.title")} back="/me/id">
      <p>{tx("totp.what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {offer === undefined && !trouble && <Skeleton lines={4} />}
      {offer && <SetUp offer={offer} onDone={() => setOffer(null)} />}
      {offer === null && <Remove onDone={look} />}
    </Page>
  );
}

function SetUp({ offer, onDone }: { readonly offer: AppOffer; readonly onDone: () => void }) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    if (!/^\d{6}$/.test(code.trim())) return setWrong(t("code.short"));
    setBusy(true);
    setWrong(null);
    try {
      await addApp(code.trim());
      toast(t("totp.added"));
      onDone();
    } catch (error) {
      setWrong(error instanceof ProblemError && error.status === 400 ? t("totp.wrong") : problemText(error));
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void add();
      }}
    >
      <p>{tx("totp.scan")}</p>
      <QrCode text={offer.totp_url} label={t("totp.qr")} />
      <details>
        <summary>{tx("totp.by_hand")}</summary>
        <p class="counter-code totp-secret">{inFours(offer.secret)}</p>
      </details>
      <p>
        <a class="link" href={offer.totp_url}>
          {tx("totp.open")}
        </a>
      </p>
      <Field
        label={tx("stepup.totp_label")}
        error={wrong}
        value={code}
        onValue={setCode}
        big
        input={{ name: "code", inputMode: "numeric", autoComplete: "one-time-code", maxLength: 6 }}
      />
      <Button look="main" wide submit busy={busy} icon="check">
        {tx("totp.add")}
      </Button>
    </form>
  );
}

function Remove({ onDone }: { readonly onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const remove = (): void => {
    setAsking(false);
    removeApp().then(
      () => {
        toast(t("totp.removed"));
        onDone();
      },
      (error: unknown) => setTrouble(problemText(error)),
    );
  };
  return (
    <>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <Notice kind="done" title={tx("totp.is_set")} />
      <p class="soft">{tx("totp.lost")}</p>
      <Button wide icon="trash" onPress={() => setAsking(true)}>
        {tx("totp.remove")}
      </Button>
      <Sheet open={asking} onClose={() => setAsking(false)} title={tx("totp.remove_ask")}>
        <p>{tx("totp.remove_what")}</p>
        <Button look="careful" wide icon="trash" onPress={remove}>
          {tx("totp.remove")}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {tx("me.stay")}
        </Button>
      </Sheet>
    </>
  );
}
