import { useState } from "preact/hooks";
import type { Receipt, TillShop } from "../../api/types";
import { refund } from "../../api/wallet";
import { amountOf, press as pressed } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { t, tx } from "../../i18n";
import { AskSheet } from "./AskSheet";
import { Checking } from "./Checking";
import { firstReplaces } from "./draft";
import { forShop } from "./ForShop";
import { enter } from "./live";
import { amountInDoubt, NAMES } from "./money-deeds";
import { NotYet } from "./NotYet";
import { kept } from "./receipts";
import { RefundDone } from "./RefundDone";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { useReceipt } from "./useReceipt";
import { ring } from "./voice";

/** How much goes back? The whole is filled in; the first digit typed replaces it. */
export default forShop(function RefundPage({ shop, values }) {
  const id = values.id ?? "";
  const { receipt, trouble, load } = useReceipt(id);
  if (receipt) return <Ask shop={shop} receipt={receipt} />;
  return <NotYet shop={shop} title="till.refund" back={`/till/${shop.id}/payments/${id}`} trouble={trouble} load={load} />;
});

function Ask({ shop, receipt }: { readonly shop: TillShop; readonly receipt: Receipt }) {
  const most = kept(receipt);
  const whole = String(most);
  const [typed, setTyped] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [sent, setSent] = useState(() => amountInDoubt(NAMES.refund(receipt.id)) ?? 0);
  const { deed, press, check } = useDeed<Receipt>(NAMES.refund(receipt.id), (refunded) => {
    enter([refunded]);
    ring();
  });
  const page = `/till/${shop.id}/payments/${receipt.id}`;
  const digits = typed ?? (most > 0 ? whole : "");
  const amount = amountOf(digits);
  const tooMuch = amount > most ? t("till.refund_most", { amount: most }) : null;

  const type = (next: string): void => {
    setTyped(typed === null ? firstReplaces(whole, next) : next);
    setWrong(null);
  };
  const ask = (): void => {
    if (amount === 0) setWrong(t("problem.amount_required"));
    else if (tooMuch === null && deed.kind !== "sending") setAsking(true);
  };
  if (deed.kind === "checking" || deed.kind === "stranger") {
    return <Checking shop={shop} deed={deed} amount={sent} onCheck={check} />;
  }
  if (deed.kind === "done") return <RefundDone shop={shop} amount={sent} of={page} />;
  return (
    <TillPage
      shop={shop}
      title={t("till.refund")}
      heading={tx("till.refund")}
      back={page}
      keys={{ onPad: (key) => type(pressed(digits, key)), onEnter: ask }}
    >
      {deed.kind === "refused" && (
        <Trouble error={deed.error}>
          <p>{tx("till.refused_still")}</p>
        </Trouble>
      )}
      <div class="till-desk">
        <AmountPad
          label={tx("till.refund_amount")}
          digits={digits}
          onDigits={type}
          onEnter={ask}
          error={wrong ?? tooMuch}
          hint={tx("till.refund_most", { amount: most })}
        />
        <div class="till-deeds">
          <Button look="main" wide icon="undo" busy={deed.kind === "sending"} onPress={ask}>
            {amount > 0 ? tx("till.refund_press", { amount }) : tx("till.refund")}
          </Button>
        </div>
      </div>
      <AskSheet
        open={asking}
        onClose={() => setAsking(false)}
        title={tx("till.refund_ask", { amount })}
        warning={tx("till.refund_warn")}
        deed={tx("till.refund_press", { amount })}
        onDeed={() => {
          setAsking(false);
          setSent(amount);
          press(() => refund(receipt.id, amount));
        }}
      />
    </TillPage>
  );
}
