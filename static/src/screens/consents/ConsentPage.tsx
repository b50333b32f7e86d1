import { useEffect, useState } from "preact/hooks";
import {
  consentsTo, giveConsent, readAsked, whatStops, withdrawConsent, type Consent, type Stops,
} from "../../api/consents";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { keepsText } from "./days";
import { matterOf, open, type Matter } from "./groups";
import { StateMark } from "./StateMark";

interface Held {
  readonly matter: Matter | null;
  readonly stops: Stops | null;
}

async function read(agreement: string): Promise<Held> {
  const matter = matterOf((await consentsTo(agreement)).results);
  return { matter, stops: matter && open(matter).length > 0 ? await whatStops(agreement) : null };
}

/** One matter I said yes to: what is read, why, for how long; what stops; and the one tap that takes the yes back. */
export default function ConsentPage({ values }: { readonly values: Values }) {
  const agreement = values.agreement ?? "";
  const [held, setHeld] = useState<Held | null>(null);
  const { busy, trouble, setTrouble, run } = useDeed();

  const load = async (): Promise<void> => {
    try {
      setHeld(await read(agreement));
      setTrouble(null);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(), []);

  const undo = async (classes: readonly string[]): Promise<void> => {
    try {
      const { agreement: newest } = await readAsked(agreement);
      await giveConsent(agreement, newest.revision_id, classes);
      toast(t("consent.given_back"));
      await load();
    } catch (error) {
      toast(problemText(error));
    }
  };
  const withdraw = (ended: readonly Consent[], classes: readonly string[] | null): Promise<void> =>
    run(async () => {
      await withdrawConsent(agreement, classes);
      // Only what stood under the present words can be given back in one tap; wider words want to be read first.
      const back = ended.every((each) => each.state === "standing") ? ended.map((each) => each.data_class.name) : null;
      toast(t("consent.withdrawn"), back && (() => void undo(back)));
      await load();
    });

  const matter = held?.matter ?? null;
  const standing = matter ? open(matter) : [];
  return (
    <Page
      title={t("consent.title")}
      heading={matter?.title ?? tx("consent.title")}
      back="/me/consents"
      foot={matter && <Foot matter={matter} busy={busy} onWithdraw={() => void withdraw(standing, null)} />}
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!held && !trouble && <Skeleton lines={5} />}
      {held && !matter && <Notice kind="info" title={tx("consent.unknown")} />}
      {matter?.state === "left_behind" && <Notice kind="warn" title={tx("consent.left_behind")} />}
      {matter && <What matter={matter} />}
      {matter && standing.length > 0 && (
        <Which standing={standing} busy={busy} onWithdraw={(each) => void withdraw([each], [each.data_class.name])} />
      )}
      {held?.stops && <WhatStops stops={held.stops} />}
      {matter && <History matter={matter} />}
    </Page>
  );
}

interface FootProps {
  readonly matter: Matter;
  readonly busy: boolean;
  readonly onWithdraw: () => void;
}

function Foot({ matter, busy, onWithdraw }: FootProps) {
  const withdraw = (
    <Button look="careful" wide busy={busy} onPress={onWithdraw}>
      {tx("consent.withdraw")}
    </Button>
  );
  if (matter.state === "standing") return withdraw;
  return (
    <>
      <ButtonLink look="main" wide href={`/consents/ask/${matter.agreement}`}>
        {tx(matter.state === "left_behind" ? "consents.anew_open" : "consent.again")}
      </ButtonLink>
      {matter.state === "left_behind" && withdraw}
    </>
  );
}

function What({ matter }: { readonly matter: Matter }) {
  const [newest] = matter.all;
  if (!newest) return null;
  const current = matter.now.find(({ state }) => state === matter.state) ?? newest;
  return (
    <Card>
      <div class="consent-head">
        <p class="receipt-shop">{matter.recipient.name}</p>
        <StateMark state={matter.state} />
      </div>
      <p class="lead">{current.why}</p>
      <dl class="facts">
        <dt>{tx("consent.reads")}</dt>
        <dd>{matter.now.map((each) => each.data_class.words).join(t("list.and"))}</dd>
        <dt>{tx("consent.keeps")}</dt>
        <dd>{keepsText(current.keeps_days)}</dd>
        <dt>{tx("consent.since")}</dt>
        <dd>
          <DateTime at={current.given_at} />
        </dd>
        <dt>{tx("consent.by")}</dt>
        <dd>{tx(current.is_by_delegate ? "consent.by_other" : "consent.by_self")}</dd>
        {current.withdrawn_at ? (
          <>
            <dt>{tx("consent.withdrawn_on")}</dt>
            <dd>
              <DateTime at={current.withdrawn_at} />
            </dd>
          </>
        ) : (
          <>
            <dt>{tx("consent.until")}</dt>
            <dd>{current.ends_at ? <DateTime at={current.ends_at} show="day" /> : tx("days.until_withdrawn")}</dd>
          </>
        )}
      </dl>
    </Card>
  );
}

interface WhichProps {
  readonly standing: readonly Consent[];
  readonly busy: boolean;
  readonly onWithdraw: (consent: Consent) => void;
}

/** Where several classes stand, each may be taken back alone. */
function Which({ standing, busy, onWithdraw }: WhichProps) {
  if (standing.length < 2) return null;
  return (
    <Card title={tx("consent.each")}>
      {standing.map((each) => (
        <div key={each.id} class="consent-class">
          <span>{each.data_class.words}</span>
          <Button look="quiet" busy={busy} onPress={() => onWithdraw(each)}>
            {tx("consent.withdraw_one")}
          </Button>
        </div>
      ))}
    </Card>
  );
}

function WhatStops({ stops }: { readonly stops: Stops }) {
  return (
    <Card title={tx("consent.stops")}>
      <p>{stops.words}</p>
      {stops.services.length > 0 && (
        <ul class="points">
          {stops.services.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p class="soft small">{tx("consent.stops_at_once")}</p>
    </Card>
  );
}

function History({ matter }: { readonly matter: Matter }) {
  return (
    <Card title={tx("consent.history")}>
      <List>
        {matter.all.map((each) => (
          <Row
            key={each.id}
            icon="receipt"
            tone="muted"
            title={each.data_class.words}
            detail={
              <>
                {tx("consent.given_at", { time: <DateTime at={each.given_at} /> })}
                {each.withdrawn_at && (
                  <>
                    <br />
                    {tx("consent.withdrawn_at", { time: <DateTime at={each.withdrawn_at} /> })}
                  </>
                )}
              </>
            }
            end={<StateMark state={each.state} />}
            href={`/me/consents/${matter.agreement}/receipts/${each.id}`}
          />
        ))}
      </List>
      <p class="soft small">{tx("consent.receipts_how")}</p>
    </Card>
  );
}
