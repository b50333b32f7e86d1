import { useEffect, useRef, useState } from "preact/hooks";
import { giveUpOrder, lookAtOrder, openOrder, PAYING, type Order, type OrderToPay } from "../../api/orders";
import { intents } from "../../api/intents";
import { NoAnswerError } from "../../api/problems";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { takeFromAddress } from "../../app/token-link";
import { refusedWords } from "../top-up/words";
import { leaveFor } from "../top-up/leave";
import { OrderCard, Refunds } from "./OrderCard";
import { PayOrder } from "./PayOrder";
import { takenOf } from "./words";

interface Watched {
  readonly found: OrderToPay | null;
  readonly arrived: boolean;
  readonly trouble: string | null;
  readonly load: () => Promise<void>;
  readonly show: (order: Order) => void;
}

/** This hook will read an order, and whoever comes back from the card's page lets the city ask how it went. */
function useOrder(id: string, token: string): Watched {
  const [found, setFound] = useState<OrderToPay | null>(null);
  const [arrived, setArrived] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const before = useRef<Order["status"] | null>(null);
  const told = (next: OrderToPay): void => {
    const isNews = next.order.status === "paid" || next.order.status === "held";
    if (isNews && before.current === "open") {
      setArrived(true);
      chime();
    }
    before.current = next.order.status;
    setFound(next);
  };
  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      if (intents.unresolved(PAYING(id))) await intents.again(PAYING(id));
      const opened = await openOrder(id, token);
      told(opened);
      if (opened.order.status !== "open" || opened.order.paying?.status !== "begun") return;
      const looked = await lookAtOrder(id);
      told(looked.version === opened.order.version ? { ...opened, order: looked } : await openOrder(id, token));
    } catch (error) {
      setTrouble(error instanceof NoAnswerError ? t("order.no_answer") : problemText(error));
    }
  };
  useEffect(() => void load(), [id]);
  const show = (order: Order): void => {
    if (found) told({ ...found, order });
    void load();
  };
  return { found, arrived, trouble, load, show };
}

/** An order from the bill to the receipt: what it is for, how it is paid, and what came back. */
export default function OrderPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const token = useRef(takeFromAddress(`order.${id}`) ?? "").current;
  const { found, arrived, trouble, load, show } = useOrder(id, token);
  const order = found?.order ?? null;
  const begun = order?.status === "open" && order.paying?.status === "begun";
  const notice = trouble && (
    <Notice kind="error" title={trouble} spoken>
      <Button onPress={() => void load()}>{tx("again")}</Button>
    </Notice>
  );
  if (found && order?.status === "open" && !begun) {
    return <PayOrder found={found} token={token} show={show} again={load} notice={notice} />;
  }
  return (
    <Page
      title={t("order.title")}
      heading={tx("order.title")}
      {...(arrived ? { headingHidden: true } : { back: "/pay/orders" })}
      foot={
        arrived && (
          <ButtonLink look="main" wide href="/">
            {tx("receipt.home")}
          </ButtonLink>
        )
      }
    >
      {notice}
      {!order && !trouble && <Skeleton lines={5} />}
      {order && arrived && (
        <Success
          title={tx(order.status === "held" ? "order.held_done" : "receipt.done")}
          said={t("receipt.said", { shop: shopName(order.shop), amount: takenOf(order) || order.total })}
        />
      )}
      {order && <OrderCard order={order} />}
      {found && begun && <Begun order={found.order} show={show} />}
      {order?.delivery === "waiting" && <p class="soft">{tx("order.waiting")}</p>}
      {order?.delivery === "failed" && <Notice kind="warn" title={tx("order.failed")} />}
      {(order?.status === "cancelled" || order?.status === "expired") && <p class="soft">{tx("order.nothing_taken")}</p>}
      {order && <Refunds order={order} />}
      {order?.status === "paid" && !arrived && <p class="soft">{tx("receipt.mistake")}</p>}
    </Page>
  );
}

/** The card's page is open somewhere: go on there, or choose another way. */
function Begun({ order, show }: { readonly order: Order; readonly show: (order: Order) => void }) {
  const deed = useDeed();
  const url = order.paying?.url ?? null;
  const refused = order.paying?.refused ?? "";
  return (
    <>
      {refused !== "" && <Notice kind="warn" title={tx(refusedWords(refused))} spoken />}
      <Notice kind="info" title={tx("order.on_card_page")}>
        <p>{tx("order.on_card_page_how")}</p>
      </Notice>
      {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
      {url !== null && (
        <Button look="main" wide icon="card" onPress={() => leaveFor(url)}>
          {tx("topup.back_to_card")}
        </Button>
      )}
      <Button wide busy={deed.busy} onPress={() => void deed.run(async () => show(await giveUpOrder(order.id)))}>
        {tx("order.give_up")}
      </Button>
    </>
  );
}
