import { useEffect, useRef, useState } from "preact/hooks";
import { cancelOrder, captureOrder, type Order } from "../../api/orders";
import type { TillShop } from "../../api/types";
import { back } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { Success } from "../../components/Success";
import { Progress } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { OrderCard, Refunds } from "../orders/OrderCard";
import { refundedOf, takenOf } from "../orders/words";
import { AskSheet } from "./AskSheet";
import { forShop } from "./ForShop";
import { feedState, news } from "./live";
import { NotYet } from "./NotYet";
import { enterOrders } from "./orders";
import { may } from "./shops";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { useOrder } from "./useOrder";

/** One order at the till: a code while it waits, a large check when it is paid, and what can be done with it afterwards. */
export default forShop(function TillOrder({ shop, values }) {
  const { order, trouble, load } = useOrder(values.id ?? "");
  const wasOpen = useRef(false);
  if (order?.status === "open") wasOpen.current = true;
  const isNews = wasOpen.current && (order?.status === "paid" || order?.status === "held");
  useEffect(() => {
    if (isNews) news.value = null; // the bill itself tells of its payment
  }, [isNews]);
  if (order === null) return <NotYet shop={shop} title="till.order" back={`/till/${shop.id}/orders`} trouble={trouble} load={load} />;
  if (order.status === "open") return <Open shop={shop} order={order} />;
  if (isNews) return <Arrived shop={shop} order={order} />;
  return <Past shop={shop} order={order} />;
});

interface OneProps {
  readonly shop: TillShop;
  readonly order: Order;
}

function Open({ shop, order }: OneProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const begun = order.paying?.status === "begun";
  const stop = (): void => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    cancelOrder(order.id)
      .then((ended) => {
        enterOrders([ended]);
        back(`/till/${shop.id}`);
      }, setTrouble)
      .finally(() => setBusy(false));
  };
  return (
    <TillPage
      shop={shop}
      title={t("till.order")}
      heading={tx("till.order")}
      back={`/till/${shop.id}`}
      foot={
        <Button wide icon="close" busy={busy} onPress={stop}>
          {tx("till.charge_stop")}
        </Button>
      }
    >
      {trouble !== null && <Trouble error={trouble} />}
      {order.link !== null && (
        <div class="till-charge">
          <p class="till-charge-amount">
            <Money amount={order.total} size="xl" />
          </p>
          <div class="till-charge-code">
            <QrCode text={order.link} label={t("till.order_code", { amount: order.total })} />
          </div>
          <div class="till-charge-words">
            <p class="lead">{tx("till.order_scan")}</p>
            {feedState.value === "lost" && <Notice kind="info" title={tx("till.charge_slow")} spoken />}
          </div>
        </div>
      )}
      {begun && <Progress words="till.order_begun" />}
      <OrderCard order={order} />
    </TillPage>
  );
}

function Arrived({ shop, order }: OneProps) {
  const home = `/till/${shop.id}`;
  const amount = takenOf(order) || order.total;
  const title = order.status === "held" ? "till.order_held" : "till.paid_title";
  return (
    <TillPage
      shop={shop}
      title={t(title)}
      headingHidden
      keys={{ onEnter: () => back(home), onEscape: () => back(home) }}
      foot={
        <Button look="main" wide onPress={() => back(home)}>
          {tx("till.next")}
        </Button>
      }
    >
      <div class="till-paid">
        <Success title={tx(title)} said={t("till.paid", { amount })}>
          <Money amount={amount} size="xl" />
        </Success>
      </div>
      <OrderCard order={order} />
    </TillPage>
  );
}

function Past({ shop, order }: OneProps) {
  const [asking, setAsking] = useState<"capture" | "cancel" | null>(null);
  const { deed, press } = useDeed<Order>(`till.order_capture.${order.id}`, (told) => enterOrders([told]));
  const [trouble, setTrouble] = useState<unknown>(null);
  const left = takenOf(order) - refundedOf(order);
  const here = `/till/${shop.id}/orders`;
  const isHeld = order.status === "held" && order.paying?.status === "held" && may(shop, "charge");
  const cancel = (): void => {
    cancelOrder(order.id).then((ended) => void enterOrders([ended]), setTrouble);
  };
  return (
    <TillPage
      shop={shop}
      title={t("till.order")}
      heading={tx("till.order")}
      back={here}
      foot={
        <>
          {isHeld && (
            <>
              <Button look="main" wide busy={deed.kind === "sending"} onPress={() => setAsking("capture")}>
                {tx("till.order_capture", { amount: order.total })}
              </Button>
              <Button wide onPress={() => setAsking("cancel")}>
                {tx("till.order_release")}
              </Button>
            </>
          )}
          {order.status === "paid" && left > 0 && may(shop, "refund") && (
            <ButtonLink wide icon="undo" href={`${here}/${order.id}/refund`}>
              {tx("till.order_refund")}
            </ButtonLink>
          )}
        </>
      }
    >
      {trouble !== null && <Trouble error={trouble} />}
      {deed.kind === "refused" && <Trouble error={deed.error} />}
      <OrderCard order={order} />
      <Refunds order={order} />
      <AskSheet
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={tx(asking === "cancel" ? "till.order_release" : "till.order_capture", { amount: order.total })}
        warning={tx(asking === "cancel" ? "till.order_release_warn" : "till.order_capture_warn")}
        deed={tx(asking === "cancel" ? "till.order_release" : "till.order_capture", { amount: order.total })}
        onDeed={() => {
          const what = asking;
          setAsking(null);
          if (what === "cancel") cancel();
          else press(() => captureOrder(order.id));
        }}
      />
    </TillPage>
  );
}
