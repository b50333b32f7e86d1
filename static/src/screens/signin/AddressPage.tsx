import { useState } from "preact/hooks";
import { ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { place } from "../../app/router";
import { Button, Link } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { addressOf, type By } from "./address";
import { sendCode, step } from "./flow";

/** One question: where shall the code go? */
export default function AddressPage() {
  const { query } = place.value;
  const mode = query.get("new") !== "1" ? "in" : query.get("guest") === "1" ? "guest" : "up";
  const before = step.peek()?.address;
  const [by, setBy] = useState<By>(before && "phone" in before ? "phone" : "email");
  const [typed, setTyped] = useState({
    email: before && "email" in before ? before.email : "",
    phone: before && "phone" in before ? before.phone : "",
  });
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    const address = addressOf(by, typed[by]);
    setTrouble(null);
    if (address === null) return setWrong(t(by === "email" ? "address.email_wrong" : "address.phone_wrong"));
    setWrong(null);
    setBusy(true);
    try {
      await sendCode(mode, address);
    } catch (error) {
      const about = error instanceof ProblemError && error.status === 400 ? error.at(by) : null;
      if (about) setWrong(t(by === "email" ? "address.email_wrong" : "address.phone_wrong"));
      else setTrouble(problemText(error));
    } finally {
      setBusy(false);
    }
  };

  const title = t(mode === "in" ? "address.title_in" : "address.title_up");
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <Page
        title={title}
        heading={tx(mode === "in" ? "address.title_in" : "address.title_up")}
        back={mode === "in" ? "/sign-in" : "/sign-in/new"}
        foot={
          <Button look="main" wide submit busy={busy} icon="send">
            {tx("address.send")}
          </Button>
        }
      >
        <Choice
          label={tx("address.question")}
          value={by}
          onValue={(value) => {
            setBy(value);
            setWrong(null);
          }}
          options={[
            { value: "email", text: tx("address.email") },
            { value: "phone", text: tx("address.phone") },
          ]}
        />
        {by === "email" ? (
          <Field
            key="email"
            label={tx("address.email_label")}
            hint={tx("address.email_hint")}
            error={wrong}
            value={typed.email}
            onValue={(email) => setTyped({ ...typed, email })}
            input={{ type: "email", name: "email", autoComplete: "email", inputMode: "email", autoCapitalize: "none", spellcheck: false }}
          />
        ) : (
          <Field
            key="phone"
            label={tx("address.phone_label")}
            hint={tx("address.phone_hint")}
            error={wrong}
            value={typed.phone}
            onValue={(phone) => setTyped({ ...typed, phone })}
            input={{ type: "tel", name: "phone", autoComplete: "tel", inputMode: "tel" }}
          />
        )}
        {trouble && <Notice kind="error" title={trouble} spoken />}
        {mode === "in" ? (
          <Link href="/sign-in/new">{tx("address.to_up")}</Link>
        ) : (
          <Link href="/sign-in/address">{tx("address.to_in")}</Link>
        )}
      </Page>
    </form>
  );
}
