import { useEffect, useState } from "preact/hooks";
import type { CardTopUp, TopUpWays } from "../../api/types";
import { readTopUpWays, recentCardTopUps } from "../../api/top-ups";
import { Page } from "../../app/Page";
import { DateTime } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { offerName } from "../premium/words";
import { WAITING } from "./words";

/** How the money comes: from where one stands, or over a counter. What is still waiting to be paid stands first. */
export default function Ways() {
  const [ways, setWays] = useState<TopUpWays | null>(null);
  const [waiting, setWaiting] = useState<readonly CardTopUp[]>([]);
  useEffect(() => {
    // Without an answer the counter and the shops remain, which need no network here.
    readTopUpWays().then(setWays, () => setWays({ methods: [], least: 0, most: 0, transfer: false }));
    recentCardTopUps().then(
      ({ results }) => setWaiting(results.filter(({ status }) => WAITING.has(status))),
      () => undefined,
    );
  }, []);
  return (
    <Page title={t("topup.title")} heading={tx("topup.title")} back="/pay">
      {ways === null ? (
        <Skeleton lines={3} />
      ) : (
        <List label={t("topup.how")}>
          {ways.methods.includes("card") && (
            <Row icon="card" title={tx("topup.card")} detail={tx("topup.card_row")} href="/pay/top-up/by/card" />
          )}
          {ways.methods.includes("konbini") && (
            <Row icon="shop" title={tx("topup.konbini")} detail={tx("topup.konbini_row")} href="/pay/top-up/by/konbini" />
          )}
          {ways.transfer && <Row icon="office" title={tx("topup.transfer")} detail={tx("topup.transfer_row")} href="/pay/top-up/transfer" />}
          <Row icon="code" title={tx("topup.counter")} detail={tx("topup.counter_row")} href="/pay/top-up/counter" />
        </List>
      )}
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 class="group-title" id="waiting">
            {tx("topup.unfinished")}
          </h2>
          <List>
            {waiting.map((each) => (
              <Row
                key={each.id}
                icon="clock"
                tone="muted"
                title={each.premium ? offerName(each.premium) : tx(each.method === "card" ? "topup.card" : "topup.konbini")}
                detail={
                  <>
                    {tx("topup.until")} <DateTime at={each.pay_by} />
                  </>
                }
                end={<Money amount={each.amount} size="m" />}
                href={`/pay/top-up/${each.id}`}
              />
            ))}
          </List>
        </section>
      )}
    </Page>
  );
}
