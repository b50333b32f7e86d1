import { useEffect, useState } from "preact/hooks";
import { myOrders, type OrderInList } from "../../api/orders";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { statusWord } from "./words";

/** What I ordered, the newest first. */
export default function Orders() {
  const [orders, setOrders] = useState<readonly OrderInList[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const deed = useDeed();
  const load = (cursor: string | null): Promise<void> =>
    deed.run(async () => {
      const page = await myOrders(cursor);
      setOrders((held) => [...(cursor === null ? [] : (held ?? [])), ...page.results]);
      setNext(page.next);
    });
  useEffect(() => void load(null), []);
  return (
    <Page title={t("order.mine")} heading={tx("order.mine")} back="/pay/history">
      {deed.trouble && (
        <Notice kind="error" title={deed.trouble} spoken>
          <Button onPress={() => void load(next)}>{tx("again")}</Button>
        </Notice>
      )}
      {orders === null && !deed.trouble && <Skeleton lines={4} />}
      {orders?.length === 0 && (
        <EmptyState
          icon="receipt"
          title={tx("order.none")}
          action={
            <ButtonLink look="main" icon="scan" href="/pay/scan">
              {tx("home.scan")}
            </ButtonLink>
          }
        >
          {tx("order.none_how")}
        </EmptyState>
      )}
      {orders !== null && orders.length > 0 && (
        <List label={t("order.mine")}>
          {orders.map((order) => (
            <Row
              key={order.id}
              icon="receipt"
              tone={order.status === "open" || order.status === "held" ? "out" : "muted"}
              title={shopName(order.shop)}
              detail={
                <>
                  {tx(statusWord(order))} · <DateTime at={order.placed_at} show="brief" />
                </>
              }
              end={<Money amount={order.status === "paid" ? order.taken : order.total} />}
              href={`/pay/orders/${order.id}`}
            />
          ))}
        </List>
      )}
      {next !== null && (
        <Button wide busy={deed.busy} onPress={() => void load(next)}>
          {tx("history.more")}
        </Button>
      )}
    </Page>
  );
}
