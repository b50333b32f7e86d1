import { useEffect, useState } from "preact/hooks";
import { readCoupon, takeCoupon, type Audience, type Coupon } from "../../api/coupons";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Until } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { becauseTexts, benefitText, couponName, farText, hoursText, whyText } from "./words";

/** One coupon: what comes off, when and where; taken by one press, used by paying. */
export default function CouponPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const [coupon, setCoupon] = useState<Coupon | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      setCoupon(await readCoupon(id, null));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(), []);
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      await takeCoupon(id);
      await load();
    } catch (error) {
      setTrouble(problemText(error));
    }
    setBusy(false);
  };

  return (
    <Page
      title={coupon ? couponName(coupon) : t("coupons.title")}
      heading={coupon ? couponName(coupon) : tx("coupons.title")}
      back="/pay/coupons"
      foot={
        coupon?.may_claim ? (
          <Button look="main" wide busy={busy} onPress={() => void take()}>
            {tx("coupons.take")}
          </Button>
        ) : (
          coupon?.why === null && (
            <ButtonLink look="main" wide icon="scan" href="/pay/scan">
              {tx("coupons.use")}
            </ButtonLink>
          )
        )
      }
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {coupon ? <Facts coupon={coupon} /> : !trouble && <Skeleton lines={5} />}
    </Page>
  );
}

/** Why I see this, and the way to say no. */
function Because({ because }: { readonly because: Audience }) {
  return (
    <Notice kind="info" title={tx("coupons.because")}>
      <ul>
        {becauseTexts(because).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>{tx("coupons.because_yes")}</p>
      <ButtonLink look="quiet" href="/me/consents">
        {tx("coupons.because_no")}
      </ButtonLink>
    </Notice>
  );
}

function Facts({ coupon }: { readonly coupon: Coupon }) {
  const hours = hoursText(coupon);
  return (
    <>
      {coupon.claims > 0 && <Notice kind="done" title={tx("coupons.held")} />}
      {coupon.because && <Because because={coupon.because} />}
      {coupon.why !== null && coupon.why !== "not_claimed" && <Notice kind="info" title={whyText(coupon.why)} />}
      <Card>
        <p class="coupon-off">{benefitText(coupon.benefit)}</p>
        <dl class="facts">
          {coupon.minimum > 0 && (
            <>
              <dt>{tx("coupons.minimum")}</dt>
              <dd>{tx("coupons.from", { amount: yen(coupon.minimum) })}</dd>
            </>
          )}
          {coupon.products.length > 0 && (
            <>
              <dt>{tx("coupons.goods")}</dt>
              <dd>
                {coupon.products.join(", ")}
                <div class="soft small">{tx("coupons.goods_how")}</div>
              </dd>
            </>
          )}
          <dt>{tx("coupons.when")}</dt>
          <dd>
            <DateTime at={coupon.starts_at} /> – <Until at={coupon.ends_at} />
            {hours && <div>{hours}</div>}
          </dd>
          {coupon.per_person !== null && (
            <>
              <dt>{tx("coupons.each")}</dt>
              <dd>{tx("coupons.times", { times: coupon.per_person, used: coupon.used })}</dd>
            </>
          )}
          {coupon.left !== null && (
            <>
              <dt>{tx("coupons.left")}</dt>
              <dd>{tx("coupons.pieces", { left: coupon.left })}</dd>
            </>
          )}
        </dl>
        <p class="soft small">{tx(coupon.stackable ? "coupons.stackable" : "coupons.alone")}</p>
      </Card>
      <h2 class="group-title">{tx("coupons.where")}</h2>
      <List>
        {coupon.shops.map((shop) => (
          <Row
            key={shop.id}
            icon="shop"
            title={shopName(shop)}
            detail={shop.district}
            end={shop.distance_m === null ? undefined : <span class="soft small">{farText(shop.distance_m)}</span>}
          />
        ))}
      </List>
    </>
  );
}
