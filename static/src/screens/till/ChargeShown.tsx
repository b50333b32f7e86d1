import { useEffect } from "preact/hooks";
import type { TillShop } from "../../api/types";
import { back, go } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { clockText, secondsLeft } from "../../components/time-left";
import { Countdown } from "../../components/Countdown";
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { toast } from "../../components/Toast";
import { Progress, Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { draft } from "./draft";
import { forShop } from "./ForShop";
import { feedState } from "./live";
import { newCharge } from "./money-deeds";
import { Paid } from "./Paid";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useCharge, type ChargeUse } from "./useCharge";

/** The code a customer scans, until the city has said how it ended. */
export default forShop(function ChargeShown({ shop, values }) {
  const use = useCharge(values.id ?? "");
  const { charge, stage } = use;
  if (stage === "missing") return <Ended shop={shop} amount={null} title="problem.not_found" />;
  if (charge === null) return <Unread shop={shop} use={use} />;
  if (stage === "paid") return <Paid shop={shop} amount={charge.amount} receiptId={charge.payment_id} />;
  if (stage === "expired") {
    return <Ended shop={shop} amount={charge.amount} title="till.charge_expired" how="till.charge_expired_how" />;
  }
  if (stage === "cancelled") {
    return <Ended shop={shop} amount={charge.amount} title="till.charge_cancelled" how="till.charge_cancelled_how" />;
  }
  return <Open shop={shop} use={use} />;
});

function Unread({ shop, use }: { readonly shop: TillShop; readonly use: ChargeUse }) {
  return (
    <TillPage shop={shop} title={t("till.charge_title")} back={`/till/${shop.id}`}>
      {use.trouble === null ? <Skeleton lines={4} /> : <Trouble error={use.trouble} onAgain={use.look} />}
    </TillPage>
  );
}

function Open({ shop, use }: { readonly shop: TillShop; readonly use: ChargeUse }) {
  const { charge, stage, now, whole } = use;
  const stop = (): void =>
    use.stop((stopped) => {
      toast(t("till.charge_stopped", { amount: stopped.amount }));
      back(`/till/${shop.id}`);
    });
  if (charge === null) return null;
  const seconds = secondsLeft(charge.expires_at, now);
  return (
    <TillPage
      shop={shop}
      title={shopName(shop)}
      keys={{ onEscape: stop }}
      foot={
        <Button wide icon="close" busy={use.stopping} onPress={stop}>
          {tx("till.charge_stop")}
        </Button>
      }
    >
      <div class="till-charge">
        <p class="till-charge-amount">
          <Money amount={charge.amount} size="xl" />
        </p>
        <div class="till-charge-code">
          <QrCode text={charge.code} label={t("till.charge_label", { amount: charge.amount })} />
        </div>
        <div class="till-charge-words">
          {stage === "late" ? (
            <Progress words="till.charge_late" />
          ) : (
            <>
              <p class="lead">{tx("till.charge_how")}</p>
              <Countdown seconds={seconds} whole={whole}>
                {tx("till.charge_waiting", { time: clockText(seconds) })}
              </Countdown>
              <p class="soft">
                {tx("till.poster_number")} <span class="till-number">{charge.number}</span>
              </p>
            </>
          )}
          {feedState.value === "lost" && <Notice kind="info" title={tx("till.charge_slow")} spoken />}
          {use.trouble !== null && <Trouble error={use.trouble} />}
        </div>
      </div>
    </TillPage>
  );
}

interface EndedProps {
  readonly shop: TillShop;
  readonly amount: number | null;
  readonly title: TextKey;
  readonly how?: "till.charge_expired_how" | "till.charge_cancelled_how";
}

/** It ended without money, and the customer may still be standing there. */
function Ended({ shop, amount, title, how }: EndedProps) {
  const home = `/till/${shop.id}`;
  useEffect(() => {
    if (amount !== null && draft.peek() === "") draft.value = String(amount);
  }, []);
  const again = async (): Promise<void> => {
    if (amount === null) return back(home);
    try {
      const charge = await newCharge(shop.id, amount);
      go(`${home}/charges/${charge.id}`, { replace: true, given: { charge } });
    } catch {
      // The pad says what is wrong, and the amount is still typed there.
      back(home);
    }
  };
  return (
    <TillPage
      shop={shop}
      title={t(title)}
      headingHidden
      back={home}
      keys={{ onEnter: () => void again() }}
      foot={
        amount !== null && (
          <>
            <Button look="main" wide icon="code" onPress={() => void again()}>
              {tx("till.charge_again", { amount })}
            </Button>
            <Button wide onPress={() => back(home)}>
              {tx("till.change_amount")}
            </Button>
          </>
        )
      }
    >
      <div role="alert">
        <EmptyState
          icon="clock"
          title={tx(title)}
          action={
            amount === null && (
              <ButtonLink look="main" href={home}>
                {tx("till.next")}
              </ButtonLink>
            )
          }
        >
          {how && amount !== null && tx(how, { amount })}
        </EmptyState>
      </div>
    </TillPage>
  );
}
