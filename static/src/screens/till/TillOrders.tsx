import { useEffect, useState } from "preact/hooks";
import { shopOrders } from "../../api/orders";
import { ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { lineName, refundedOf, statusWord, takenOf } from "../orders/words";
import { forShop } from "./ForShop";
import { enterOrders, newestFirst, orders } from "./orders";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";

/** The shop's orders, the newest first: bills of this till, and what apps sold for the shop. */
export default forShop(function TillOrders({ shop }) {
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    shopOrders(shop.id).then((page) => {
      enterOrders(page.results);
      setAsked(true);
    }, setTrouble);
  };
  useEffect(load, [shop.id]);
  const here = `/till/${shop.id}/orders`;
  const shown = [...orders.value.values()].sort(newestFirst);
  return (
    <TillPage
      shop={shop}
      title={t("till.orders")}
      heading={tx("till.orders")}
      back={`/till/${shop.id}/more`}
      foot={
        <ButtonLink look="main" wide icon="plus" href={`${here}/new`}>
          {tx("till.bill")}
        </ButtonLink>
      }
    >
      {trouble !== null && <Trouble error={trouble} onAgain={load} />}
      {shown.length === 0 && !asked && trouble === null && <Skeleton lines={4} />}
      {shown.length === 0 && asked && (
        <EmptyState icon="receipt" title={tx("till.orders_none")}>
          {tx("till.orders_none_how")}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <List label={t("till.orders")}>
          {shown.map((order) => (
            <Row
              key={order.id}
              icon="receipt"
              tone={order.status === "open" || order.status === "held" ? "out" : "muted"}
              title={order.lines[0] ? lineName(order.lines[0]) : order.receipt_number}
              detail={
                <>
                  {tx(statusWord({ status: order.status, taken: takenOf(order), refunded: refundedOf(order) }))} ·{" "}
                  <DateTime at={order.placed_at} show="brief" />
                </>
              }
              end={<Money amount={takenOf(order) || order.total} />}
              href={`${here}/${order.id}`}
            />
          ))}
        </List>
      )}
    </TillPage>
  );
});
