import { useState } from "preact/hooks";
import { closeAccount, lookAtClosing } from "../../api/own-data";
import type { Closing } from "../../api/types";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { worksAtCounter } from "../../state/session";
import { ClosingFacts } from "../me/ClosingFacts";

/** The counter closes an account for who cannot do it themself, or for the heirs: whose, what follows, and why. */
export default function CloseForThem() {
  const [resident, setResident] = useState("");
  const [closing, setClosing] = useState<Closing | null>(null);
  const [why, setWhy] = useState("");
  const { busy, trouble, run } = useDeed();
  const [asked, setAsked] = useState(false);

  const look = (): Promise<void> => run(async () => setClosing(await lookAtClosing(resident.trim(), why.trim())));
  const close = (told: Closing): Promise<void> =>
    run(async () => {
      await closeAccount(resident.trim(), told, why.trim());
      toast(t("closing.done"));
      setAsked(false);
      setResident("");
      setWhy("");
      setClosing(null);
    });
  if (!worksAtCounter.value) {
    return (
      <Page title={t("closing.desk")} heading={tx("closing.desk")} back="/">
        <Notice kind="info" title={tx("counter.not_yours")} />
      </Page>
    );
  }
  const open = closing !== null && closing.obstacles.length === 0;
  const main =
    closing === null ? (
      <Button look="main" wide submit busy={busy}>
        {tx("closing.look")}
      </Button>
    ) : (
      open && (
        <Button look="careful" wide submit busy={busy} icon="trash">
          {tx("closing.do_theirs")}
        </Button>
      )
    );
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (busy || resident.trim() === "" || why.trim() === "") return;
        void (open ? close(closing) : look());
      }}
    >
      <Page title={t("closing.desk")} heading={tx("closing.desk")} back="/me" foot={main}>
        <Field
          label={tx("closing.whose")}
          hint={tx("closing.whose_hint")}
          error={asked && resident.trim() === "" ? t("let_in.code_empty") : null}
          value={resident}
          onValue={(typed) => {
            setResident(typed);
            setClosing(null);
          }}
          input={{ name: "resident", autoComplete: "off", spellcheck: false }}
        />
        <Field
          label={tx("closing.why")}
          hint={tx("closing.why_hint")}
          error={asked && why.trim() === "" ? t("closing.why_empty") : null}
          value={why}
          onValue={setWhy}
          input={{ name: "why", autoComplete: "off", maxLength: 500 }}
        />
        {closing && <ClosingFacts closing={closing} />}
        {trouble && <Notice kind="error" title={trouble} spoken />}
      </Page>
    </form>
  );
}
