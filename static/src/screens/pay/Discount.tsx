import type { Quote } from "../../api/coupons";
import { Money } from "../../components/Money";
import { tx } from "../../i18n";
import { couponName, whyText } from "../coupons/words";

/** What coupons take off, before it is paid; and why one in the own hand does not. */
export function Discount({ quote }: { readonly quote: Quote }) {
  if (quote.discount === 0 && quote.others.length === 0) return null;
  return (
    <section class="card" aria-live="polite">
      {quote.discount > 0 && (
        <dl class="facts">
          <dt>{tx("coupons.price")}</dt>
          <dd>
            <Money amount={quote.price} size="s" />
          </dd>
          {quote.coupons.map((each) => (
            <div class="facts-pair" key={each.coupon}>
              <dt>{couponName(each)}</dt>
              <dd>
                <Money amount={each.discount} size="s" sign="−" />
              </dd>
            </div>
          ))}
          <dt>
            <strong>{tx("coupons.pays")}</strong>
          </dt>
          <dd>
            <Money amount={quote.pays} />
          </dd>
        </dl>
      )}
      {quote.others.map((each) => (
        <p class="soft small" key={each.coupon}>
          {tx("coupons.not_used", { name: couponName(each), why: whyText(each.why) })}
        </p>
      ))}
    </section>
  );
}
