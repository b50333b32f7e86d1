import { useEffect, useState } from "preact/hooks";
import { myPasskeys } from "../../api/allauth";
import { intents } from "../../api/intents";
import { passkeysSupported } from "../../api/passkeys";
import { PAYMENT } from "../../api/wallet";
import { Page } from "../../app/Page";
import { BalanceView } from "../../components/BalanceView";
import { ButtonLink, follow, Link } from "../../components/Button";
import { Card } from "../../components/Card";
import { useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { EntryRow } from "../../components/EntryRow";
import { Icon } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { clockText, secondsLeft } from "../../components/time-left";
import { Work } from "../../components/Work";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { recall } from "../../offline/memory";
import { me, session } from "../../state/session";
import { mine, walletTrouble } from "../../state/wallet";

const SHOWN = 3;

/** What matters now, as cards. */
export default function Home() {
  const current = session.value;
  const name = current.kind === "in" ? current.me.display_name : current.kind === "remembered" ? current.name : "";
  return (
    <Page
      title={t("home.title")}
      heading={name ? t("home.hello", { name }) : tx("home.hello_nameless")}
      end={
        <a class="icon-button" href="/me" aria-label={t("home.my_page")} onClick={(event) => follow(event, "/me")}>
          <Icon name="person" />
        </a>
      }
    >
      {intents.unresolved(PAYMENT) && (
        <Notice kind="warn" title={tx("home.doubt")}>
          <ButtonLink href="/pay/checking">{tx("home.doubt_open")}</ButtonLink>
        </Notice>
      )}
      <Card>
        <BalanceView />
        <div class="side">
          <ButtonLink look="main" icon="scan" href="/pay/scan">
            {tx("home.scan")}
          </ButtonLink>
          <ButtonLink icon="code" href="/pay/code">
            {tx("home.code")}
          </ButtonLink>
        </div>
      </Card>
      <Work />
      {current.kind === "remembered" && <StillWorks />}
      <Next />
      <Recent />
    </Page>
  );
}

/** Without a connection: what still works, so that nobody tries doors in vain. */
function StillWorks() {
  const code = recall()?.code;
  const now = useNow();
  const seconds = code ? secondsLeft(code.expires_at, now) : 0;
  return (
    <Card title={tx("home.offline")}>
      <List>
        {code && (
          <Row
            icon="code"
            title={tx("home.offline_code")}
            detail={seconds > 0 ? tx("mycode.left", { time: clockText(seconds) }) : tx("home.offline_code_over")}
            href="/pay/code"
          />
        )}
        <Row icon="safe" title={tx("home.offline_safe")} href="/safe" />
      </List>
    </Card>
  );
}

/** What would help this person most now; nothing at all once they have done it. */
function Next() {
  const [passkeys, setPasskeys] = useState<number | null>(null);
  useEffect(() => {
    if (me.peek() && passkeysSupported()) {
      myPasskeys().then(
        (all) => setPasskeys(all.length),
        () => setPasskeys(null),
      );
    }
  }, []);
  if (!me.value || !mine.value) return null;
  const nameless = me.value.display_name === "";
  const penniless = mine.value.balance.available === 0 && mine.value.entries.length === 0;
  if (!nameless && !penniless && passkeys !== 0) return null;
  return (
    <Card title={tx("home.next")}>
      <List>
        {penniless && (
          <Row icon="plus" title={tx("home.next_top_up")} detail={tx("home.next_top_up_how")} href="/pay/top-up" />
        )}
        {nameless && <Row icon="person" title={tx("home.next_name")} detail={tx("home.next_name_how")} href="/me/name" />}
        {passkeys === 0 && (
          <Row icon="key" title={tx("home.next_passkey")} detail={tx("home.next_passkey_how")} href="/me/passkeys" />
        )}
      </List>
    </Card>
  );
}

function Recent() {
  const known = mine.value;
  if (!known) return session.value.kind === "in" && walletTrouble.value === null ? <Skeleton /> : null;
  const entries = known.entries.slice(0, SHOWN);
  return (
    <Card
      title={tx("home.recent")}
      end={entries.length > 0 && <Link href="/pay/history">{tx("home.all")}</Link>}
    >
      {entries.length === 0 ? (
        <EmptyState icon="receipt" title={tx("home.recent_empty")}>
          {tx("home.recent_empty_how")}
        </EmptyState>
      ) : (
        <List>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </List>
      )}
    </Card>
  );
}
