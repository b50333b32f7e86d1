import { useEffect, useRef, useState } from "preact/hooks";
import { readSent, type Sent } from "../../api/sending";
import { Page } from "../../app/Page";
import { place, type Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Day } from "../../components/DateTime";
import { Money, yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { nameOf } from "./who";

/** What was sent or came: the moment it is done it is felt, later it is a look back. */
export default function SentPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const start = useRef(place.peek().given as { fresh?: boolean; sent?: Sent }).current;
  const fresh = start.fresh === true;
  const [sent, setSent] = useState<Sent | null>(start.sent ?? null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = (): void => {
    setTrouble(null);
    readSent(id).then(setSent, (error: unknown) => setTrouble(problemText(error)));
  };
  useEffect(() => {
    if (fresh) {
      chime();
      history.replaceState({ ...history.state, given: {} }, "");
    }
    if (!start.sent) load();
  }, []);
  const title = sent?.direction === "in" ? "sent.title_in" : "sent.title_out";
  return (
    <Page
      title={t(title)}
      heading={tx(title)}
      {...(fresh ? { headingHidden: true } : { back: "/pay/history" })}
      foot={
        fresh && (
          <ButtonLink look="main" wide href="/">
            {tx("receipt.home")}
          </ButtonLink>
        )
      }
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={load}>{tx("again")}</Button>
        </Notice>
      )}
      {sent && fresh && (
        <Success title={tx("sent.done")} said={t("sent.said", { name: nameOf(sent), amount: sent.amount })} />
      )}
      {sent ? <Facts sent={sent} /> : !trouble && <Skeleton lines={4} />}
    </Page>
  );
}

function Facts({ sent }: { readonly sent: Sent }) {
  return (
    <Card>
      <div class="receipt-head">
        <p class="receipt-shop">{tx(sent.direction === "in" ? "sent.from" : "sent.to", { name: nameOf(sent) })}</p>
        <Money amount={sent.amount} size="xl" />
      </div>
      <dl class="facts">
        {sent.message !== "" && (
          <>
            <dt>{tx("send.message")}</dt>
            <dd>{sent.message}</dd>
          </>
        )}
        <dt>{tx("receipt.at")}</dt>
        <dd>
          <DateTime at={sent.at} />
        </dd>
        <dt>{tx("sent.until")}</dt>
        {sent.lots.map((lot) => (
          <dd key={lot.expires_on}>
            {tx("pay.lot", { day: <Day day={lot.expires_on} /> })} {yen(lot.amount)}
          </dd>
        ))}
        <dt>{tx("receipt.number")}</dt>
        <dd class="receipt-number">{sent.receipt_number}</dd>
      </dl>
    </Card>
  );
}
