import { useState } from "preact/hooks";
import type { DeviceKind } from "../../api/devices";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { LanguagePicker } from "../../components/LanguagePicker";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { deviceGone } from "../../state/session";
import { Joining } from "./Joining";

const KINDS = ["signage", "kiosk", "desk"] as const satisfies readonly DeviceKind[];
type Kind = (typeof KINDS)[number];

/** What shall this screen be? Then it shows its number, until somebody of the city lets it in. */
export function Start() {
  const asked = place.value.query.get("as");
  const kind = KINDS.find((each) => each === asked);
  return kind ? <Join kind={kind} /> : <Ask />;
}

function Ask() {
  const [kind, setKind] = useState<Kind>("signage");
  return (
    <Page
      title={t("screen.title")}
      heading={tx("screen.title")}
      back="/"
      foot={
        <Button look="main" wide onPress={() => go(`/screen?as=${kind}`)}>
          {tx("screen.ask")}
        </Button>
      }
    >
      {deviceGone.value && <Notice kind="warn" title={tx("register.gone")} spoken />}
      <p class="lead">{tx("screen.what")}</p>
      <Choice
        layout="column"
        label={tx("screen.kind")}
        value={kind}
        onValue={setKind}
        options={KINDS.map((each) => ({ value: each, text: tx(`screen.kind_${each}`) }))}
      />
      <h2 class="card-title">{tx("language.label")}</h2>
      <LanguagePicker />
    </Page>
  );
}

function Join({ kind }: { readonly kind: Kind }) {
  return (
    <Page title={t(`let_in.kind_${kind}`)} heading={tx(`let_in.kind_${kind}`)} back="/screen">
      <Joining kind={kind} how="screen.how" onIn={() => go("/screen", { replace: true })} />
    </Page>
  );
}
