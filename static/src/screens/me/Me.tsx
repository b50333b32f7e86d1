import { useState } from "preact/hooks";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { inFours } from "../../components/in-fours";
import { LevelBadge } from "../../components/LevelBadge";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { Work } from "../../components/Work";
import { language, LANGUAGE_NAMES, t, tx } from "../../i18n";
import { leave, me } from "../../state/session";
import { textSize } from "../../state/settings";

/** Who I am here, and everything that can be set. */
export default function Me() {
  const [asking, setAsking] = useState(false);
  const current = me.value;
  return (
    <Page title={t("me.title")} heading={tx("me.title")} back="/">
      {current ? <Identity /> : <Notice kind="warn" title={tx("me.offline")} />}
      <Card title={tx("me.settings")}>
        <List>
          {current && (
            <Row icon="person" title={tx("me.name")} detail={current.display_name || tx("me.nameless")} href="/me/name" />
          )}
          <Row icon="globe" title={tx("language.label")} detail={LANGUAGE_NAMES[language.value]} href="/me/language" />
          <Row icon="letters" title={tx("me.text_size")} detail={tx(`me.size_${textSize.value}`)} href="/me/text-size" />
        </List>
      </Card>
      {current && (
        <Card title={tx("me.safety")}>
          <List>
            <Row icon="key" title={tx("me.passkeys")} href="/me/passkeys" />
            <Row icon="phone" title={tx("me.devices")} href="/me/devices" />
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

function Identity() {
  const current = me.value;
  if (!current) return null;
  return (
    <Card tone="town">
      <p class="soft small">{tx("me.id")}</p>
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
        <dd class="identity-number">{inFours(current.resident_id.replaceAll("-", "").slice(-12).toUpperCase())}</dd>
      </dl>
      {current.level < 2 && <p class="small">{tx("me.level_how")}</p>}
    </Card>
  );
}
