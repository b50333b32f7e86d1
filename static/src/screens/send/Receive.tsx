import { useEffect, useState } from "preact/hooks";
import { newReceiveCode, readReceiveCode, type ReceiveCode } from "../../api/sending";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Field } from "../../components/Field";
import { DateTime } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { handOn } from "../../app/token-link";

const NAME_SIGNS = 20;

/** My code to receive by: made once with the name that others shall see, then shown or handed on. */
export default function Receive() {
  const [code, setCode] = useState<ReceiveCode | null | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    readReceiveCode().then(
      (found) => setCode(found.code),
      (error: unknown) => setTrouble(problemText(error)),
    );
  }, []);
  if (code) return <Show code={code} onRenew={() => setCode(null)} />;
  if (code === null) return <Make onMade={setCode} />;
  return (
    <Page title={t("receive.title")} heading={tx("receive.title")} back="/pay">
      {trouble ? <Notice kind="error" title={trouble} spoken /> : <Skeleton lines={4} />}
    </Page>
  );
}

function Make({ onMade }: { readonly onMade: (code: ReceiveCode) => void }) {
  const [label, setLabel] = useState("");
  const { busy, trouble, run } = useDeed();
  return (
    <Page
      title={t("receive.title")}
      heading={tx("receive.title")}
      back="/pay"
      foot={
        <Button look="main" wide icon="code" busy={busy} onPress={() => void run(async () => onMade(await newReceiveCode(label.trim())))}>
          {tx("receive.make")}
        </Button>
      }
    >
      <p>{tx("receive.what")}</p>
      <Field
        label={tx("receive.label")}
        hint={tx("receive.label_hint")}
        value={label}
        onValue={setLabel}
        input={{ name: "label", maxLength: NAME_SIGNS, autoComplete: "off" }}
      />
      {trouble && <Notice kind="error" title={trouble} spoken />}
    </Page>
  );
}

function Show({ code, onRenew }: { readonly code: ReceiveCode; readonly onRenew: () => void }) {
  const hand = async (): Promise<void> => {
    const done = await handOn(code.link);
    if (done !== "shared") toast(t(done === "copied" ? "invite.copied" : "invite.not_copied"));
  };
  return (
    <Page
      title={t("receive.title")}
      heading={tx("receive.title")}
      back="/pay"
      foot={
        <>
          <Button look="main" wide icon="send" onPress={() => void hand()}>
            {tx("receive.hand_on")}
          </Button>
          <ButtonLink wide href="/pay/requests/new">
            {tx("request.title")}
          </ButtonLink>
        </>
      }
    >
      <div class="mycode">
        <p class="lead">{code.label ? tx("receive.as", { name: code.label }) : tx("receive.as_mask", { mask: code.mask })}</p>
        <QrCode text={code.link} label={t("receive.picture")} />
        <p class="soft">{tx("receive.until", { at: <DateTime at={code.expires_at} /> })}</p>
        <p class="soft small">{tx("receive.safe")}</p>
      </div>
      <Button wide icon="renew" onPress={onRenew}>
        {tx("receive.renew")}
      </Button>
    </Page>
  );
}
