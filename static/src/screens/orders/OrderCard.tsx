import { Fragment } from "preact";
import type { Order, Tenders } from "../../api/orders";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Money, yen } from "../../components/Money";
import { tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { lineName, refundedOf, statusWord, sumOf, takenOf } from "./words";

/** Shop, sum and every line: the bill as both sides of the counter see it. */
export function OrderCard({ order }: { readonly order: Order }) {
  const taken = takenOf(order);
  return (
    <Card>
      <div class="receipt-head">
        <p class="receipt-shop">{shopName(order.shop)}</p>
        <Money amount={order.status === "paid" ? taken : order.total} size="xl" />
      </div>
      <ul class="stack order-lines">
        {order.lines.map((line) => (
          <li key={line.number} class="order-line">
            <span class="row-text">
              <span>{lineName(line)}</span>
              <span class="row-detail">
                {tx("order.times", { price: <Money amount={line.unit_price} size="s" />, quantity: line.quantity })}
              </span>
              {line.refunded > 0 && <span class="row-detail">{tx("order.line_back", { amount: line.refunded })}</span>}
            </span>
            <Money amount={order.status === "paid" ? line.taken : line.amount} size="s" />
          </li>
        ))}
      </ul>
      <dl class="facts">
        <dt>{tx("receipt.status")}</dt>
        <dd>
          <strong>{tx(statusWord({ status: order.status, taken, refunded: refundedOf(order) }))}</strong>
        </dd>
        {order.status === "open" && (
          <>
            <dt>{tx("order.until")}</dt>
            <dd>
              <DateTime at={order.expires_at} />
            </dd>
          </>
        )}
        {order.status === "held" && order.held_until && (
          <>
            <dt>{tx("order.held_until")}</dt>
            <dd>
              <DateTime at={order.held_until} />
            </dd>
          </>
        )}
        {order.paying && order.status === "paid" && <Parts tenders={order.paying.taken} />}
        {order.paying && order.status === "held" && <Parts tenders={order.paying.tenders} />}
        {order.ended_at && (
          <>
            <dt>{tx("receipt.at")}</dt>
            <dd>
              <DateTime at={order.ended_at} />
            </dd>
          </>
        )}
        <dt>{tx("receipt.number")}</dt>
        <dd class="receipt-number">{order.receipt_number}</dd>
      </dl>
    </Card>
  );
}

function Parts({ tenders }: { readonly tenders: Tenders }) {
  return (
    <>
      {tenders.discount > 0 && (
        <>
          <dt>{tx("coupons.off")}</dt>
          <dd>−{yen(tenders.discount)}</dd>
        </>
      )}
      {tenders.coin > 0 && (
        <>
          <dt>{tx("order.by_coin")}</dt>
          <dd>{yen(tenders.coin)}</dd>
        </>
      )}
      {tenders.card > 0 && (
        <>
          <dt>{tx("order.by_card")}</dt>
          <dd>{yen(tenders.card)}</dd>
        </>
      )}
    </>
  );
}

/** What came back, and to where. */
export function Refunds({ order }: { readonly order: Order }) {
  if (order.refunds.length === 0) return null;
  return (
    <Card title={tx("order.refunds")}>
      {order.refunds.map((refund) => (
        <Fragment key={refund.receipt_number}>
          <dl class="facts">
            <dt>
              <DateTime at={refund.at} />
            </dt>
            <dd>{yen(sumOf(refund.parts))}</dd>
            <Parts tenders={refund.parts} />
          </dl>
          {refund.card_state === "asked" && <p class="soft small">{tx("order.card_asked")}</p>}
          {refund.card_state === "done" && <p class="soft small">{tx("order.card_done")}</p>}
          {refund.card_state === "failed" && <p class="soft small">{tx("order.card_failed")}</p>}
        </Fragment>
      ))}
    </Card>
  );
}
