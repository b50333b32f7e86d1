import type { TillShop } from "../../api/types";
import { back } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Money } from "../../components/Money";
import { Success } from "../../components/Success";
import { t, tx } from "../../i18n";
import { TillPage } from "./TillPage";

interface PaidProps {
  readonly shop: TillShop;
  readonly amount: number;
  /** What the customer's coupons took off. */
  readonly discount?: number;
  readonly receiptId: string | null;
}

/** It is paid: seen from across the counter, heard, and one press from the next customer. */
export function Paid({ shop, amount, discount = 0, receiptId }: PaidProps) {
  const home = `/till/${shop.id}`;
  return (
    <TillPage
      shop={shop}
      title={t("till.paid_title")}
      headingHidden
      keys={{ onEnter: () => back(home), onEscape: () => back(home) }}
      foot={
        <>
          <Button look="main" wide onPress={() => back(home)}>
            {tx("till.next")}
          </Button>
          <ButtonLink wide icon="receipt" href={receiptId === null ? `${home}/payments` : `${home}/payments/${receiptId}`}>
            {tx("till.receipt")}
          </ButtonLink>
        </>
      }
    >
      <div class="till-paid">
        <Success title={tx("till.paid_title")} said={t("till.paid", { amount })}>
          <Money amount={amount} size="xl" />
          {discount > 0 && <p class="lead">{tx("till.with_coupons", { price: amount + discount, discount })}</p>}
        </Success>
      </div>
    </TillPage>
  );
}
