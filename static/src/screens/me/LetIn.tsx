import { useEffect, useState } from "preact/hooks";
import { approveDevice, denyDevice, lookAtDevice, type DeviceAsk, type TownDevice } from "../../api/devices";
import { Page } from "../../app/Page";
import { place } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { DateTime } from "../../components/DateTime";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { Success } from "../../components/Success";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";

/** A device shows a number; the person who answers for it types it, sees what it is, and lets it in or sends it away. */
export default function LetIn() {
  const [code, setCode] = useState(place.peek().query.get("code") ?? "");
  const [asked, setAsked] = useState<DeviceAsk | null>(null);
  const [done, setDone] = useState<TownDevice | "denied" | null>(null);
  const { busy, trouble: wrong, setTrouble: setWrong, run } = useDeed();

  const look = (): void => {
    if (code.trim() === "") return setWrong(t("let_in.code_empty"));
    void run(async () => setAsked(await lookAtDevice(code)));
  };
  useEffect(() => {
    if (code !== "") look();
  }, []);

  if (done) return <Done done={done} />;
  if (asked) {
    return (
      <Asked
        asked={asked}
        code={code}
        busy={busy}
        wrong={wrong}
        onApprove={(where, label) => void run(async () => setDone(await approveDevice(code, where, label)))}
        onDeny={() => void run(async () => setDone(((await denyDevice(code)), "denied")))}
      />
    );
  }
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) look();
      }}
    >
      <Page
        title={t("let_in.title")}
        heading={tx("let_in.title")}
        back="/me/town-devices"
        foot={
          <Button look="main" wide submit busy={busy}>
            {tx("let_in.look")}
          </Button>
        }
      >
        <Field
          big
          label={tx("let_in.code")}
          hint={tx("let_in.code_hint")}
          error={wrong}
          value={code}
          onValue={setCode}
          input={{ name: "code", autoComplete: "off", autoCapitalize: "characters", spellcheck: false, maxLength: 12 }}
        />
      </Page>
    </form>
  );
}

interface AskedProps {
  readonly asked: DeviceAsk;
  readonly code: string;
  readonly busy: boolean;
  readonly wrong: string | null;
  readonly onApprove: (where: string, label: string) => void;
  readonly onDeny: () => void;
}

function Asked({ asked, code, busy, wrong, onApprove, onDeny }: AskedProps) {
  const [where, setWhere] = useState(asked.places[0]?.id ?? "");
  const [label, setLabel] = useState("");
  const [empty, setEmpty] = useState<string | null>(null);
  const approve = (): void => {
    if (label.trim() === "") return setEmpty(t("let_in.label_empty"));
    onApprove(where, label.trim());
  };
  return (
    <Page
      title={t("let_in.title")}
      heading={tx("let_in.ask", { kind: tx(`let_in.kind_${asked.kind}`) })}
      back="/me/town-devices"
      foot={
        <>
          {asked.places.length > 0 && (
            <Button look="main" wide busy={busy} onPress={approve}>
              {tx("let_in.approve")}
            </Button>
          )}
          <Button wide busy={busy} onPress={onDeny}>
            {tx("let_in.deny")}
          </Button>
        </>
      }
    >
      <p class="let-in-code">{code.toUpperCase()}</p>
      <p>{tx("let_in.same")}</p>
      <p class="soft">
        {asked.service} · <DateTime at={asked.asked_at} show="time" />
      </p>
      {wrong && <Notice kind="error" title={wrong} spoken />}
      {asked.places.length === 0 ? (
        <Notice kind="warn" title={tx("let_in.nowhere")} />
      ) : (
        <>
          <Choice
            layout="column"
            label={tx("let_in.where")}
            value={where}
            onValue={setWhere}
            options={asked.places.map((each) => ({ value: each.id, text: shopName(each) }))}
          />
          <Field
            label={tx("let_in.label")}
            hint={tx(asked.kind === "till" ? "let_in.label_hint" : "screen.label_hint")}
            error={empty}
            value={label}
            onValue={setLabel}
            input={{ name: "label", autoComplete: "off", maxLength: 40 }}
          />
        </>
      )}
    </Page>
  );
}

function Done({ done }: { readonly done: TownDevice | "denied" }) {
  const said = done === "denied" ? t("let_in.denied") : t("let_in.done", { label: done.label });
  return (
    <Page
      title={said}
      foot={
        <ButtonLink look="main" wide href="/me/town-devices">
          {tx("town_devices.title")}
        </ButtonLink>
      }
    >
      <Success title={said} said={said}>
        {done !== "denied" && <p>{tx("let_in.done_what")}</p>}
      </Success>
    </Page>
  );
}
