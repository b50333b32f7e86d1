import { useEffect, useState } from "preact/hooks";
import { readRequests, type Requests as All } from "../../api/sending";
import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { tokenIn } from "../../app/token-link";
import { STATES } from "./states";
import { nameOf } from "./who";

/** What I was asked for, and what I ask for. */
export default function Requests() {
  const [all, setAll] = useState<All | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    readRequests().then(setAll, (error: unknown) => setTrouble(problemText(error)));
  }, []);
  const none = all !== null && all.asked_by_me.length + all.asked_of_me.length === 0;
  return (
    <Page
      title={t("requests.title")}
      heading={tx("requests.title")}
      back="/pay"
      foot={
        <ButtonLink look="main" wide icon="plus" href="/pay/requests/new">
          {tx("request.title")}
        </ButtonLink>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!all && !trouble && <Skeleton lines={4} />}
      {none && (
        <EmptyState icon="receipt" title={tx("requests.none")}>
          {tx("requests.none_how")}
        </EmptyState>
      )}
      {all && all.asked_of_me.length > 0 && (
        <>
          <h2 class="group-title">{tx("requests.of_me")}</h2>
          <List>
            {all.asked_of_me.map((each) => (
              <Row
                key={each.id}
                icon="person"
                title={each.message || nameOf(each)}
                detail={tx(STATES[each.state])}
                end={<Money amount={each.amount} size="m" />}
                {...(each.state === "open" ? { href: `/pay/asked#${tokenIn(each.link) ?? ""}` } : {})}
              />
            ))}
          </List>
        </>
      )}
      {all && all.asked_by_me.length > 0 && (
        <>
          <h2 class="group-title">{tx("requests.by_me")}</h2>
          <List>
            {all.asked_by_me.map((each) => (
              <Row
                key={each.id}
                icon="receipt"
                title={each.message || tx("request.title")}
                detail={tx("requests.so_far", { state: tx(STATES[each.state]), amount: each.paid })}
                end={<Money amount={each.amount} size="m" />}
                href={`/pay/requests/${each.id}`}
              />
            ))}
          </List>
        </>
      )}
    </Page>
  );
}
