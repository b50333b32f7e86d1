import { useEffect } from "preact/hooks";
import { resendCode } from "../../api/allauth";
import { ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { useNow } from "../../components/DateTime";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shownAddress } from "./address";
import { DemoCode } from "./Demo";
import { sendCode, setStep, step, type Step } from "./flow";
import { useCode, type CodeUse } from "./useCode";

const RESEND_AFTER_MS = 30_000;

/** One question: what does the code say? Without a code on its way there is nothing to ask. */
export default function CodePage() {
  const current = step.value;
  useEffect(() => {
    if (!step.peek()) go("/sign-in/address", { replace: true });
  }, []);
  return current ? <Ask current={current} /> : null;
}

function Ask({ current }: { readonly current: Step }) {
  const code = useCode(current);
  if (current.waiting === "mfa_authenticate") return <OtherDevice />;
  const main = code.gone ? (
    <Button look="main" wide onPress={() => void code.restart(current.mode)}>
      {tx("code.restart")}
    </Button>
  ) : (
    <Button look="main" wide submit busy={code.busy}>
      {tx("code.confirm")}
    </Button>
  );
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void code.confirm(code.typed);
      }}
    >
      <Page
        title={t("code.title")}
        heading={tx("code.title")}
        back={current.mode === "in" ? "/sign-in/address" : "/sign-in/new"}
        foot={main}
      >
        <p>{tx("code.sent", { to: <strong>{shownAddress(current.address)}</strong> })}</p>
        {code.gone ? <Notice kind="warn" title={tx("code.gone")} spoken /> : <Enter current={current} code={code} />}
        {code.trouble && <Notice kind="error" title={code.trouble} spoken />}
        <Help current={current} onSwitch={(mode) => void code.restart(mode)} />
      </Page>
    </form>
  );
}

function Enter({ current, code }: { readonly current: Step; readonly code: CodeUse }) {
  return (
    <>
      <Field
        label={tx("code.label")}
        error={code.wrong}
        value={code.typed}
        big
        onValue={code.type}
        input={{ name: "code", autoComplete: "one-time-code", inputMode: "numeric", spellcheck: false }}
      />
      <DemoCode address={current.address} sentAt={current.sentAt} onCode={code.type} />
      <Resend current={current} onTrouble={code.setTrouble} />
    </>
  );
}

function Resend({ current, onTrouble }: { readonly current: Step; readonly onTrouble: (text: string | null) => void }) {
  const now = useNow();
  const seconds = Math.ceil((current.sentAt + RESEND_AFTER_MS - now.getTime()) / 1000);
  const resend = async (): Promise<void> => {
    onTrouble(null);
    try {
      await resendCode(current.waiting);
    } catch (error) {
      // After the sign-in service's own limit a fresh request starts over with the same address.
      if (!(error instanceof ProblemError) || error.status !== 409) return onTrouble(problemText(error));
      try {
        await sendCode(current.mode, current.address);
      } catch (again) {
        return onTrouble(problemText(again));
      }
    }
    setStep({ ...(step.peek() ?? current), sentAt: Date.now() });
    toast(t("code.resent"));
  };
  if (seconds > 0) {
    return (
      <Button disabled look="quiet">
        {tx("code.resend_in", { seconds })}
      </Button>
    );
  }
  return <Button onPress={() => void resend()}>{tx("code.resend")}</Button>;
}

/** The same words whether the town knows the address or not; only the mailbox tells its owner. */
function Help({ current, onSwitch }: { readonly current: Step; readonly onSwitch: (mode: Step["mode"]) => void }) {
  const other = current.mode === "in" ? "up" : "in";
  return (
    <details class="more">
      <summary>{tx("code.help")}</summary>
      <div class="stack">
        <p>{tx("code.help_look")}</p>
        <p>{tx(current.mode === "in" ? "code.help_in" : "code.help_up")}</p>
        <Button onPress={() => onSwitch(other)}>{tx(other === "up" ? "code.switch_up" : "code.switch_in")}</Button>
      </div>
    </details>
  );
}

function OtherDevice() {
  return (
    <Page title={t("code.title")} heading={tx("code.title")} back="/sign-in">
      <Notice kind="info" title={tx("code.other_device")} />
    </Page>
  );
}
