import type { Receipt, TillShop } from "../../api/types";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Day, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { jstDay } from "../../i18n/dates";
import { forShop } from "./ForShop";
import { book, loadDay, loading, loadOlder, trouble } from "./live";
import { byDay, STATUS_WORDS } from "./receipts";
import { STATUS_ICONS } from "./StatusMark";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useToday } from "./useToday";

const MINUTE_MS = 60_000;

/** What was taken today, and on request before; new payments appear by themselves at the top. */
export default forShop(function Payments({ shop }) {
  const today = jstDay(useNow(MINUTE_MS));
  const { receipts, next, wholeDay } = book.value;
  const days = byDay(receipts);
  const current = days.find(({ day }) => day === today);
  const earlier = days.filter(({ day }) => day !== today);
  return (
    <TillPage shop={shop} title={t("till.today")} heading={tx("till.today")} back={`/till/${shop.id}`}>
      <List>
        <Row icon="receipt" title={tx("till.orders")} detail={tx("till.orders_refund")} href={`/till/${shop.id}/orders`} />
      </List>
      {wholeDay && <Sum shop={shop} />}
      {trouble.value !== null && (
        <Trouble error={trouble.value} onAgain={() => void (wholeDay ? loadOlder(shop.id) : loadDay(shop.id))} />
      )}
      {current && <Rows shop={shop} receipts={current.receipts} label={t("till.today")} />}
      {!current && wholeDay && (
        <EmptyState icon="receipt" title={tx("till.today_none")}>
          {tx("till.today_none_how")}
        </EmptyState>
      )}
      {!wholeDay && loading.value && <Skeleton lines={5} />}
      {wholeDay &&
        earlier.map(({ day, receipts: paid }) => (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h2 class="group-title" id={`day-${day}`}>
              <Day day={day} />
            </h2>
            <Rows shop={shop} receipts={paid} />
          </section>
        ))}
      {wholeDay && next !== null && (
        <Button wide busy={loading.value} onPress={() => void loadOlder(shop.id)}>
          {tx(earlier.length === 0 ? "till.older" : "till.older_more")}
        </Button>
      )}
    </TillPage>
  );
});

function Sum({ shop }: { readonly shop: TillShop }) {
  const today = useToday(shop.id);
  if (!today) return null;
  const { figures, net, back } = today.sums;
  return (
    <Card tone="town">
      <div class="till-sum" aria-live="polite">
        <p class="till-sum-word">{tx("till.today_total")}</p>
        <p class="till-sum-amount">
          <Money amount={Math.abs(net)} size="xl" {...(net < 0 ? { sign: "−" as const } : {})} />
          <span>{tx("till.count", { count: figures.payments - figures.voids })}</span>
        </p>
        {figures.city > 0 && <p>{tx("till.today_city", { amount: figures.city })}</p>}
        {back > 0 && <p>{tx("till.today_net", { amount: back })}</p>}
      </div>
    </Card>
  );
}

interface RowsProps {
  readonly shop: TillShop;
  readonly receipts: readonly Receipt[];
  readonly label?: string;
}

function Rows({ shop, receipts, label }: RowsProps) {
  return (
    <List {...(label === undefined ? {} : { label })}>
      {receipts.map((receipt) => (
        <Row
          key={receipt.id}
          icon={STATUS_ICONS[receipt.status]}
          tone={receipt.status === "paid" ? "in" : "muted"}
          title={<Money amount={receipt.amount} />}
          detail={tx(STATUS_WORDS[receipt.status])}
          end={
            <span class="till-row-end">
              <DateTime at={receipt.paid_at} show="time" />
              {receipt.status === "partly_refunded" && <Money amount={receipt.refunded} size="s" sign="−" />}
            </span>
          }
          href={`/till/${shop.id}/payments/${receipt.id}`}
        />
      ))}
    </List>
  );
}
