import { useState } from "preact/hooks";
import type { Receipt, TillShop } from "../../api/types";
import { voidPayment } from "../../api/wallet";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, useNow } from "../../components/DateTime";
import { Money, yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { AskSheet } from "./AskSheet";
import { Checking } from "./Checking";
import { forShop } from "./ForShop";
import { enter } from "./live";
import { NAMES } from "./money-deeds";
import { NotYet } from "./NotYet";
import { kept, refundable, voidable } from "./receipts";
import { may } from "./shops";
import { StatusMark } from "./StatusMark";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { useReceipt } from "./useReceipt";

const MINUTE_MS = 60_000;

/** One payment: what it was, how it stands, and giving it back. */
export default forShop(function ReceiptPage({ shop, values }) {
  const { receipt, trouble, load } = useReceipt(values.id ?? "");
  if (receipt) return <Known shop={shop} receipt={receipt} />;
  return <NotYet shop={shop} title="till.receipt_title" back={`/till/${shop.id}/payments`} trouble={trouble} load={load} />;
});

function Known({ shop, receipt }: { readonly shop: TillShop; readonly receipt: Receipt }) {
  const [asking, setAsking] = useState(false);
  const now = useNow(MINUTE_MS);
  const { deed, press, check } = useDeed<Receipt>(NAMES.void(receipt.id), (voided) => enter([voided]));
  const { amount } = receipt;
  const list = `/till/${shop.id}/payments`;
  if (deed.kind === "checking" || deed.kind === "stranger") {
    return <Checking shop={shop} deed={deed} amount={amount} onCheck={check} />;
  }
  const allowed = may(shop, "refund") && refundable(receipt);
  return (
    <TillPage
      shop={shop}
      title={t("till.receipt_title")}
      heading={tx("till.receipt_title")}
      back={list}
      foot={
        allowed && (
          <>
            <ButtonLink wide icon="undo" href={`${list}/${receipt.id}/refund`}>
              {tx("till.refund")}
            </ButtonLink>
            {voidable(receipt, now) && (
              <Button look="careful" wide icon="close" busy={deed.kind === "sending"} onPress={() => setAsking(true)}>
                {tx("till.void")}
              </Button>
            )}
          </>
        )
      }
    >
      {deed.kind === "done" && <Notice kind="done" title={tx("till.void_done", { amount })} spoken />}
      {deed.kind === "refused" && (
        <Trouble error={deed.error}>
          <p>{tx("till.refused_still")}</p>
        </Trouble>
      )}
      <Facts receipt={receipt} />
      {allowed && voidable(receipt, now) && <p class="soft">{tx("till.void_how")}</p>}
      <AskSheet
        open={asking}
        onClose={() => setAsking(false)}
        title={tx("till.void_ask", { amount })}
        warning={tx("till.void_warn")}
        deed={tx("till.void_press", { amount })}
        onDeed={() => {
          setAsking(false);
          press(() => voidPayment(receipt.id));
        }}
      />
    </TillPage>
  );
}

function Facts({ receipt }: { readonly receipt: Receipt }) {
  return (
    <Card>
      <div class="receipt-head">
        <StatusMark status={receipt.status} />
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
        {receipt.refunded > 0 && (
          <>
            <dt>{tx("till.refunded")}</dt>
            <dd>{yen(receipt.refunded)}</dd>
            <dt>{tx("till.left")}</dt>
            <dd>{yen(kept(receipt))}</dd>
          </>
        )}
        <dt>{tx("till.paid_at")}</dt>
        <dd>
          <DateTime at={receipt.paid_at} />
        </dd>
        <dt>{tx("till.number")}</dt>
        <dd class="receipt-number">{receipt.receipt_number}</dd>
      </dl>
    </Card>
  );
}
