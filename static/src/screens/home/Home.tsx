import { intents } from "../../api/intents";
import { PAYMENT } from "../../api/wallet";
import { Page } from "../../app/Page";
import { Bell } from "../../components/Bell";
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
import { acting, mayUse } from "../../state/acting";
import { me, session } from "../../state/session";
import { mine, walletTrouble } from "../../state/wallet";
import { BalanceCard } from "./BalanceCard";
import { HomeCards } from "./HomeCards";

const SHOWN = 3;

/** What matters now, as cards. */
export default function Home() {
  const current = session.value;
  const other = acting.value;
  const name = other ? other.name : current.kind === "in" ? current.me.display_name : current.kind === "remembered" ? current.name : "";
  return (
    <Page
      title={t("home.title")}
      heading={other ? tx("acting.home", { name }) : name ? t("home.hello", { name }) : tx("home.hello_nameless")}
      end={
        <>
          <Bell />
          <a class="icon-button" href="/me" aria-label={t("home.my_page")} onClick={(event) => follow(event, "/me")}>
            <Icon name="person" />
          </a>
        </>
      }
    >
      {mayUse("wallet") && intents.unresolved(PAYMENT) && (
        <Notice kind="warn" title={tx("home.doubt")}>
          <ButtonLink href="/pay/checking">{tx("home.doubt_open")}</ButtonLink>
        </Notice>
      )}
      {other ? mayUse("wallet") && <BalanceCard /> : <HomeCards />}
      {other ? <ForOther /> : <Work />}
      {current.kind === "remembered" && <StillWorks />}
      {!other && <Next />}
      {mayUse("wallet") && <Recent />}
    </Page>
  );
}

/** What else may be done for whom one acts for. */
function ForOther() {
  if (!mayUse("accounts")) return null;
  return (
    <Card title={tx("acting.services")}>
      <List>
        <Row icon="person" title={tx("acting.profile")} href="/me" />
      </List>
    </Card>
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
  if (!me.value || !mine.value) return null;
  const nameless = me.value.display_name === "";
  const penniless = mine.value.balance.available === 0 && mine.value.entries.length === 0;
  if (!nameless && !penniless) return null;
  return (
    <Card title={tx("home.next")}>
      <List>
        {penniless && (
          <Row icon="plus" title={tx("home.next_top_up")} detail={tx("home.next_top_up_how")} href="/pay/top-up" />
        )}
        {nameless && <Row icon="person" title={tx("home.next_name")} detail={tx("home.next_name_how")} href="/me/name" />}
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
