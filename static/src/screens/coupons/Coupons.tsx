import { useEffect, useState } from "preact/hooks";
import { couponsForMe, couponsNear, myCoupons, type Coupon, type CouponsForMe, type Where } from "../../api/coupons";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Until } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { benefitText, couponName, farText, whyText } from "./words";

interface Both {
  readonly mine: readonly Coupon[];
  readonly near: readonly Coupon[];
  readonly forMe: CouponsForMe;
}

/** What one holds, and what is offered; the nearest first once the phone has said where it is. */
export default function Coupons() {
  const [both, setBoth] = useState<Both | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [placed, setPlaced] = useState<"no" | "asking" | "yes" | "denied">("no");

  const load = async (where: Where | null): Promise<void> => {
    setTrouble(null);
    try {
      const [mine, near, forMe] = await Promise.all([myCoupons(), couponsNear(where), couponsForMe()]);
      setBoth({ mine: mine.results, forMe, near: near.results.filter(({ claims }) => claims === 0) });
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(null), []);
  const findMe = (): void => {
    setPlaced("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPlaced("yes");
        void load({ latitude: coords.latitude, longitude: coords.longitude });
      },
      () => setPlaced("denied"),
    );
  };

  return (
    <Page title={t("coupons.title")} heading={tx("coupons.title")} back="/pay">
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void load(null)}>{tx("again")}</Button>
        </Notice>
      )}
      {both === null ? (
        !trouble && <Skeleton lines={5} />
      ) : (
        <>
          {both.mine.length > 0 && (
            <section aria-labelledby="coupons-mine">
              <h2 class="group-title" id="coupons-mine">
                {tx("coupons.mine")}
              </h2>
              <CouponList coupons={both.mine} />
            </section>
          )}
          <ForMe found={both.forMe} />
          <section aria-labelledby="coupons-near">
            <h2 class="group-title" id="coupons-near">
              {tx("coupons.offered")}
            </h2>
            {both.near.length > 0 && <CouponList coupons={both.near} />}
            {both.near.length === 0 && (
              <EmptyState icon="gift" title={tx("coupons.none")}>
                <p>{tx("coupons.none_how")}</p>
              </EmptyState>
            )}
          </section>
          {both.near.length > 1 && placed !== "yes" && (
            <>
              <p class="soft small">{tx(placed === "denied" ? "coupons.place_denied" : "coupons.place_why")}</p>
              <Button wide busy={placed === "asking"} onPress={findMe}>
                {tx("coupons.place")}
              </Button>
            </>
          )}
        </>
      )}
    </Page>
  );
}

/** What the city offers to people like me, as far as I agreed to be chosen; else the door to say yes, where anybody asks. */
function ForMe({ found }: { readonly found: CouponsForMe }) {
  if (found.agreement === null) return null;
  return (
    <section aria-labelledby="coupons-for-me">
      <h2 class="group-title" id="coupons-for-me">
        {tx("coupons.for_me")}
      </h2>
      {found.results.length > 0 && <CouponList coupons={found.results} />}
      <List>
        {found.agreed.length === 0 ? (
          <Row icon="agree" title={tx("coupons.for_me_ask")} detail={tx("coupons.for_me_why")} href={`/consents/ask/${found.agreement}`} />
        ) : (
          <Row
            icon="agree"
            title={tx("coupons.for_me_agreed")}
            detail={found.results.length === 0 && tx("coupons.for_me_none")}
            href={`/me/consents/${found.agreement}`}
          />
        )}
      </List>
    </section>
  );
}

function CouponList({ coupons }: { readonly coupons: readonly Coupon[] }) {
  return (
    <List>
      {coupons.map((coupon) => (
        <Row
          key={coupon.id}
          icon="gift"
          {...(coupon.why === null || coupon.why === "not_claimed" ? {} : { tone: "muted" as const })}
          title={couponName(coupon)}
          detail={
            <>
              {benefitText(coupon.benefit)}
              {"  "}
              {coupon.why === null || coupon.why === "not_claimed"
                ? tx("coupons.until", { day: <Until at={coupon.ends_at} /> })
                : whyText(coupon.why)}
            </>
          }
          end={coupon.distance_m === null ? undefined : <span class="soft small">{farText(coupon.distance_m)}</span>}
          href={`/pay/coupons/${coupon.id}`}
        />
      ))}
    </List>
  );
}
