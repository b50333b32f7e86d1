import { useState } from "preact/hooks";
import { REFUND, refundOrder, type LinePart, type Order, type OrderLine } from "../../api/orders";
import type { TillShop } from "../../api/types";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Money } from "../../components/Money";
import { t, tx } from "../../i18n";
import { lineName } from "../orders/words";
import { AskSheet } from "./AskSheet";
import { Doubt } from "./Doubt";
import { forShop } from "./ForShop";
import { NotYet } from "./NotYet";
import { enterOrders } from "./orders";
import { RefundDone } from "./RefundDone";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { useOrder } from "./useOrder";
import { ring } from "./voice";

/** Which lines go back? Each as a whole, as far as something of it is left. */
export default forShop(function OrderRefundPage({ shop, values }) {
  const id = values.id ?? "";
  const { order, trouble, load } = useOrder(id);
  if (order) return <Ask shop={shop} order={order} />;
  return <NotYet shop={shop} title="till.order_refund" back={`/till/${shop.id}/orders/${id}`} trouble={trouble} load={load} />;
});

const left = (line: OrderLine): number => line.taken - line.refunded;

function Ask({ shop, order }: { readonly shop: TillShop; readonly order: Order }) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [sent, setSent] = useState(0);
  const page = `/till/${shop.id}/orders/${order.id}`;
  const { deed, press, check } = useDeed<Order>(REFUND(order.id), (told) => {
    enterOrders([told]);
    ring();
  });
  const lines = order.lines.filter((line) => left(line) > 0);
  const parts: readonly LinePart[] = lines
    .filter((line) => chosen.has(line.number))
    .map((line) => ({ number: line.number, amount: left(line) }));
  const amount = parts.reduce((sum, part) => sum + part.amount, 0);
  const mark = (number: number, is: boolean): void => {
    const next = new Set(chosen);
    if (is) next.add(number);
    else next.delete(number);
    setChosen(next);
    setWrong(false);
  };
  if (deed.kind === "done") return <RefundDone shop={shop} amount={sent} of={page} />;
  return (
    <TillPage
      shop={shop}
      title={t("till.order_refund")}
      heading={tx("till.order_refund")}
      back={page}
      foot={
        <Button
          look="main"
          wide
          icon="undo"
          busy={deed.kind === "sending"}
          onPress={() => (parts.length === 0 ? setWrong(true) : setAsking(true))}
        >
          {amount > 0 ? tx("till.refund_press", { amount }) : tx("till.refund")}
        </Button>
      }
    >
      {deed.kind === "refused" && <Trouble error={deed.error} />}
      <Doubt deed={deed} onCheck={check} />
      <fieldset class="choice choice-column">
        <legend class="field-label">{tx("till.order_lines")}</legend>
        <div class="choice-options">
          {lines.map((line) => (
            <label key={line.number} class="choice-option">
              <input
                type="checkbox"
                checked={chosen.has(line.number)}
                onChange={(event) => mark(line.number, event.currentTarget.checked)}
              />
              <span class="choice-text">
                {lineName(line)} <Money amount={left(line)} size="s" />
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {wrong && <Notice kind="warn" title={tx("till.order_lines_none")} spoken />}
      <AskSheet
        open={asking}
        onClose={() => setAsking(false)}
        title={tx("till.refund_ask", { amount })}
        warning={tx("till.order_refund_warn")}
        deed={tx("till.refund_press", { amount })}
        onDeed={() => {
          setAsking(false);
          setSent(amount);
          press(() => refundOrder(order.id, parts));
        }}
      />
    </TillPage>
  );
}
