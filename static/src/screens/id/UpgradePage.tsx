import { useEffect, useState } from "preact/hooks";
import { readMe, upgrade } from "../../api/accounts";
import { addEmail, confirmEmail } from "../../api/allauth";
import { Page } from "../../app/Page";
import { back, go } from "../../app/router";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { arrive, me } from "../../state/session";
import { addressOf } from "../signin/address";
import { DemoCode } from "../signin/Demo";

type Step = "email" | "code" | "name";

/** From guest to resident: an address, its code, a name; the ID and everything bought stay. */
export default function UpgradePage() {
  const [step, setStep] = useState<Step>(me.value?.email || me.value?.phone ? "name" : "email");
  const [email, setEmail] = useState("");
  const [sentAt, setSentAt] = useState(0);
  const [typed, setTyped] = useState(step === "name" ? (me.value?.display_name ?? "") : "");
  const { busy, trouble: wrong, setTrouble: setWrong, run } = useDeed();

  useEffect(() => {
    if ((me.peek()?.level ?? 0) > 0) go("/me/id", { replace: true }); // a resident has nothing to register
  }, []);
  const goOn = (deed: Promise<unknown>, next: Step): Promise<void> =>
    deed.then(() => {
      setTyped(next === "name" ? (me.value?.display_name ?? "") : "");
      setStep(next);
    });
  const send = (): void => {
    const value = typed.trim();
    if (step === "email") {
      if (addressOf("email", value) === null) return setWrong(t("address.email_wrong"));
      setEmail(value);
      setSentAt(Date.now());
      return void run(() => goOn(addEmail(value), "code"));
    }
    if (step === "code") return void run(() => goOn(confirmEmail(value), "name"));
    if (value === "") return setWrong(t("name.wrong"));
    void run(async () => {
      arrive(await upgrade(value));
      arrive(await readMe());
      toast(t("upgrade.done"));
      back("/me/id");
    });
  };
  const labels = { email: "address.email_label", code: "code.label", name: "name.label" } as const;
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send();
      }}
    >
      <Page
        title={t("id.by_upgrade")}
        heading={tx("id.by_upgrade")}
        back="/me/id"
        foot={
          <Button look="main" wide submit busy={busy}>
            {tx(`upgrade.do_${step}`)}
          </Button>
        }
      >
        <p class="lead">{tx("upgrade.what")}</p>
        {step === "code" && <p>{tx("code.sent", { to: email })}</p>}
        <Field
          key={step}
          label={tx(labels[step])}
          error={wrong}
          value={typed}
          onValue={setTyped}
          big={step === "code"}
          input={
            step === "email"
              ? { name: "email", type: "email", autoComplete: "email" }
              : step === "code"
                ? { name: "code", inputMode: "numeric", autoComplete: "one-time-code", maxLength: 6 }
                : { name: "name", autoComplete: "name", maxLength: 60 }
          }
        />
        {step === "code" && <DemoCode address={{ email }} sentAt={sentAt} onCode={setTyped} />}
      </Page>
    </form>
  );
}
