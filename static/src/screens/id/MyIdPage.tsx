import { useEffect, useState } from "preact/hooks";
import { readId } from "../../api/accounts";
import type { MyId, OwnIdentity } from "../../api/types";
import { Page } from "../../app/Page";
import { Card } from "../../components/Card";
import { DateTime, Day } from "../../components/DateTime";
import { LevelBadge } from "../../components/LevelBadge";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { layDownCard } from "../step-up/card";

const OPENS: readonly TextKey[] = ["id.opens_0", "id.opens_1", "id.opens_2", "id.opens_3"];
const SHOWN: readonly TextKey[] = ["id.shown_1", "id.shown_1", "id.shown_2", "id.shown_3"];

/** How surely the town knows me: the level in words and shape, what it opens, since when, and how to raise it. */
export default function MyIdPage() {
  const [mine, setMine] = useState<MyId | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    readId().then(setMine, (error: unknown) => setTrouble(problemText(error)));
  }, []);
  const card = (): void => {
    setTrouble(null);
    layDownCard("raise", "/me/id").catch((error: unknown) => setTrouble(problemText(error)));
  };
  return (
    <Page title={t("id.title")} heading={tx("id.title")} back="/me">
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!mine && !trouble && <Skeleton lines={5} />}
      {mine && (
        <>
          <Level mine={mine} />
          <Raise mine={mine} onCard={card} />
          <Card title={tx("id.second")}>
            <p class="soft">{tx("id.second_what")}</p>
            <List>
              <Row
                icon="key"
                title={tx("me.passkeys")}
                detail={mine.passkeys > 0 ? tx("id.count", { count: mine.passkeys }) : tx("id.not_yet")}
                href="/me/passkeys"
              />
              <Row icon="phone" title={tx("totp.title")} detail={tx(mine.has_app ? "id.set" : "id.not_yet")} href="/me/totp" />
            </List>
          </Card>
          {mine.identity && <Identity identity={mine.identity} />}
          <List>
            <Row icon="history" title={tx("id.history")} href="/me/id/history" />
          </List>
        </>
      )}
    </Page>
  );
}

function Level({ mine }: { readonly mine: MyId }) {
  return (
    <Card tone="town">
      <p>
        <LevelBadge level={mine.level} />
      </p>
      <p>{tx(OPENS[mine.level] ?? "id.opens_0")}</p>
      <dl class="facts">
        {mine.level_since && (
          <>
            <dt>{tx("id.since")}</dt>
            <dd>
              <DateTime at={mine.level_since} show="day" />
            </dd>
          </>
        )}
        <dt>{tx("id.now")}</dt>
        <dd>
          {tx(SHOWN[mine.authentication_level] ?? "id.shown_1")}
          {mine.authenticated_at && (
            <>
              {" · "}
              <DateTime at={mine.authenticated_at} />
            </>
          )}
        </dd>
      </dl>
    </Card>
  );
}

function Raise({ mine, onCard }: { readonly mine: MyId; readonly onCard: () => void }) {
  const { level } = mine;
  return (
    <Card title={tx(level < 3 ? "id.raise" : "id.again")}>
      <List>
        {level === 0 && <Row icon="home" title={tx("id.by_upgrade")} detail={tx("id.to_level", { level: 1 })} href="/me/id/upgrade" />}
        {mine.is_card_offered && (
          <Row icon="safe" title={tx("id.by_card")} detail={level < 3 ? tx("id.to_level", { level: 3 }) : tx("id.card_again")} onPress={onCard} />
        )}
        <Row
          icon="counter"
          title={tx("id.by_counter")}
          detail={level < 2 ? tx("id.to_level", { level: 2 }) : tx("id.counter_more")}
          href="/me/id/counter"
        />
      </List>
    </Card>
  );
}

function Identity({ identity }: { readonly identity: OwnIdentity }) {
  return (
    <Card title={tx("id.known_as")}>
      <dl class="facts">
        <dt>{tx("id.name")}</dt>
        <dd>{identity.name}</dd>
        <dt>{tx("id.birthdate")}</dt>
        <dd>
          <Day day={identity.birthdate} />
        </dd>
        <dt>{tx("id.address")}</dt>
        <dd>{identity.address}</dd>
        <dt>{tx("id.checked")}</dt>
        <dd>
          {tx(identity.source === "card" ? "id.kind_card" : "id.kind_counter")}
          {" · "}
          <DateTime at={identity.checked_at} show="day" />
        </dd>
      </dl>
      <p class="small soft">{tx("id.sealed")}</p>
    </Card>
  );
}
