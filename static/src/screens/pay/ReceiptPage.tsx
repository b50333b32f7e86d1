import { useEffect, useRef, useState } from "preact/hooks";
import type { Receipt, ReceiptStatus } from "../../api/types";
import { readReceipt } from "../../api/wallet";
import { Page } from "../../app/Page";
import { place, type Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Money, yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { mine, newestEntry } from "../../state/wallet";

/** Whether this is the moment of paying (then it is felt) or a look back. */
function justPaid(): { fresh: boolean; receipt: Receipt | null } {
  const { fresh, receipt } = place.peek().given as { fresh?: boolean; receipt?: Receipt };
  return { fresh: fresh === true, receipt: receipt ?? null };
}

export default function ReceiptPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const start = useRef(justPaid()).current;
  const [receipt, setReceipt] = useState<Receipt | null>(start.receipt);
  const [trouble, setTrouble] = useState<string | null>(null);

  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      setReceipt(await readReceipt(id));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => {
    if (start.fresh) {
      chime();
      // A reload or a look back later shows the receipt quietly.
      history.replaceState({ ...history.state, given: {} }, "");
    }
    if (!start.receipt) void load();
  }, []);
  const touched = newestEntry.value?.payment_id === id ? newestEntry.value.id : null;
  useEffect(() => {
    if (touched !== null) void load();
  }, [touched]);

  return (
    <Page
      title={t("receipt.title")}
      heading={tx("receipt.title")}
      {...(start.fresh ? { headingHidden: true } : { back: "/pay/history" })}
      foot={
        start.fresh && (
          <ButtonLink look="main" wide href="/">
            {tx("receipt.home")}
          </ButtonLink>
        )
      }
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {receipt && start.fresh && (
        <Success
          title={tx("receipt.done")}
          said={t("receipt.said", { shop: shopName(receipt.shop), amount: receipt.amount })}
        />
      )}
      {receipt ? <Facts receipt={receipt} fresh={start.fresh} /> : !trouble && <Skeleton lines={4} />}
    </Page>
  );
}

const STATUS: Readonly<Record<ReceiptStatus, TextKey>> = {
  paid: "receipt.paid",
  partly_refunded: "receipt.partly_refunded",
  refunded: "receipt.refunded",
  voided: "receipt.voided",
};

function Facts({ receipt, fresh }: { readonly receipt: Receipt; readonly fresh: boolean }) {
  return (
    <>
      <Card>
        <div class="receipt-head">
          <p class="receipt-shop">{shopName(receipt.shop)}</p>
          <Money amount={receipt.amount} size="xl" />
        </div>
        <dl class="facts">
          {receipt.discount > 0 && (
            <>
              <dt>{tx("coupons.price")}</dt>
              <dd>{yen(receipt.amount + receipt.discount)}</dd>
              <dt>{tx("coupons.off")}</dt>
              <dd>−{yen(receipt.discount)}</dd>
            </>
          )}
          {receipt.status !== "paid" && (
            <>
              <dt>{tx("receipt.status")}</dt>
              <dd>
                <strong>{tx(STATUS[receipt.status])}</strong>
              </dd>
            </>
          )}
          {receipt.refunded > 0 && (
            <>
              <dt>{tx("receipt.back")}</dt>
              <dd>{yen(receipt.refunded)}</dd>
            </>
          )}
          <dt>{tx("receipt.at")}</dt>
          <dd>
            <DateTime at={receipt.paid_at} />
          </dd>
          <dt>{tx("receipt.number")}</dt>
          <dd class="receipt-number">{receipt.receipt_number}</dd>
          {fresh && mine.value && (
            <>
              <dt>{tx("home.balance")}</dt>
              <dd>{yen(mine.value.balance.available)}</dd>
            </>
          )}
        </dl>
      </Card>
      <p class="soft">{tx(fresh ? "receipt.show" : "receipt.mistake")}</p>
    </>
  );
}
