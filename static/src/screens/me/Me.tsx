import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readOther } from "../../api/accounts";
import { ProblemError } from "../../api/problems";
import type { Me as Person } from "../../api/types";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { shownNumber } from "../../components/in-fours";
import { LevelBadge } from "../../components/LevelBadge";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { Skeleton } from "../../components/Waiting";
import { Work } from "../../components/Work";
import { language, LANGUAGE_NAMES, t, tx } from "../../i18n";
import { nightUntil } from "../../state/night";
import { problemText } from "../../i18n/problem-text";
import { acting, mayUse, type Acting } from "../../state/acting";
import { leave, managesShop, me, worksAtCounter } from "../../state/session";
import { textSize } from "../../state/settings";

/** My page; while one acts for another, theirs. */
export default function Me() {
  return acting.value ? <OthersPage other={acting.value} /> : <MyPage />;
}

/** Who I am here, and everything that can be set. */
function MyPage() {
  const [asking, setAsking] = useState(false);
  const current = me.value;
  return (
    <Page title={t("me.title")} heading={tx("me.title")} back="/">
      {current ? <Identity person={current} label={tx("me.id")} /> : <Notice kind="warn" title={tx("me.offline")} />}
      {current && (
        <Card title={tx("me.people")}>
          <List>
            <Row icon="safe" title={tx("id.title")} detail={tx("id.row")} href="/me/id" />
            <Consents />
            <Row icon="family" title={tx("me.family")} detail={tx("me.family_what")} href="/me/family" />
            <Row icon="history" title={tx("looked.title")} href="/me/looked" />
            <Row icon="shop" title={tx("merchant.title")} detail={tx("merchant.row")} href="/merchant" />
          </List>
        </Card>
      )}
      <Card title={tx("me.settings")}>
        <List>
          {current && (
            <Row icon="person" title={tx("me.name")} detail={current.display_name || tx("me.nameless")} href="/me/name" />
          )}
          {current && <Row icon="mail" title={tx("messages.title")} href="/messages" />}
          {current && <Row icon="bell" title={tx("messages.settings")} href="/me/messages" />}
          <OfThisPhone />
        </List>
      </Card>
      {current && (
        <Card title={tx("me.safety")}>
          <List>
            <Row icon="key" title={tx("me.passkeys")} href="/me/passkeys" />
            <Row icon="phone" title={tx("me.devices")} href="/me/devices" />
            <Row icon="send" title={tx("connections.title")} href="/me/connections" />
            {(managesShop.value || worksAtCounter.value) && (
              <Row icon="till" title={tx("town_devices.title")} href="/me/town-devices" />
            )}
            {nightUntil.value && (
              <Row icon="safe" title={tx("data.night")} detail={tx("data.night_until", { time: <DateTime at={nightUntil.value} /> })} />
            )}
          </List>
        </Card>
      )}
      {current && (
        <Card title={tx("data.card")}>
          <List>
            <Row icon="receipt" title={tx("data.title")} href="/me/data" />
            <Row icon="trash" title={tx("closing.title")} href="/me/close" />
          </List>
        </Card>
      )}
      <Work />
      <Button wide icon="leave" onPress={() => setAsking(true)}>
        {tx("me.sign_out")}
      </Button>
      <Sheet open={asking} onClose={() => setAsking(false)} title={tx("me.sign_out_ask")}>
        <p>{tx("me.sign_out_what")}</p>
        <Button
          look="main"
          wide
          onPress={() => {
            void leave().catch(() => undefined);
            go("/", { replace: true });
          }}
        >
          {tx("me.sign_out_do")}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {tx("me.stay")}
        </Button>
      </Sheet>
    </Page>
  );
}

const Consents = () => <Row icon="agree" title={tx("me.consents")} detail={tx("me.consents_what")} href="/me/consents" />;

/** What is set for this phone, whoever it is used for. */
function OfThisPhone() {
  return (
    <>
      <Row icon="globe" title={tx("language.label")} detail={LANGUAGE_NAMES[language.value]} href="/me/language" />
      <Row icon="letters" title={tx("me.text_size")} detail={tx(`me.size_${textSize.value}`)} href="/me/text-size" />
    </>
  );
}

/** The page of whom one acts for: what a delegate may see and set, and nothing of one's own that could be taken for theirs. */
function OthersPage({ other }: { readonly other: Acting }) {
  const [person, setPerson] = useState<Person | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const open = mayUse("accounts");
  useEffect(() => {
    if (!open) return;
    readOther().then(setPerson, (error: unknown) => {
      if (!(error instanceof ProblemError && error.code === "not_delegate")) setTrouble(problemText(error));
    });
  }, [other.person]);
  return (
    <Page title={t("me.title")} heading={other.name} back="/">
      {trouble && <Notice kind="warn" title={trouble} spoken />}
      {open && !person && !trouble && <Skeleton />}
      {person && <Identity person={person} label={tx("me.other_id")} />}
      <List>
        {open && <Row icon="person" title={tx("me.name")} detail={person?.display_name} href="/me/name" />}
        {open && <Consents />}
        {open && other.protects && <Row icon="history" title={tx("looked.title")} href="/me/looked" />}
        <Row icon="family" title={tx("me.family")} detail={tx("me.family_what")} href="/me/family" />
        <OfThisPhone />
      </List>
      <p class="soft small">{tx("me.other_rest")}</p>
    </Page>
  );
}

function Identity({ person: current, label }: { readonly person: Person; readonly label: ComponentChildren }) {
  return (
    <Card tone="town">
      <p class="soft small">{label}</p>
      <p class="identity-name">{current.display_name || tx("me.nameless")}</p>
      <p>
        <LevelBadge level={current.level} />
      </p>
      <dl class="facts">
        {(current.email || current.phone) && (
          <>
            <dt>{tx("me.contact")}</dt>
            <dd>{current.email || current.phone}</dd>
          </>
        )}
        <dt>{tx("me.number")}</dt>
        <dd class="identity-number">{shownNumber(current.resident_id)}</dd>
      </dl>
      {current.level < 2 && !acting.value && <p class="small">{tx("me.level_how")}</p>}
    </Card>
  );
}
