import { useState } from "preact/hooks";
import type { TillShop } from "../../api/types";
import { go } from "../../app/router";
import { amountOf, press } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { t, tx, type TextKey } from "../../i18n";
import { forShop } from "./ForShop";
import { may, type Right } from "./shops";
import { TillPage } from "./TillPage";

interface AmountProps {
  readonly shop: TillShop;
  readonly title: TextKey;
  readonly label: TextKey;
  readonly right: Right;
  readonly back: string;
  /** Where the customer's code is read. */
  readonly next: string;
}

/** One question before the customer's code is read: how much? */
function AmountPage({ shop, title, label, right, back, next }: AmountProps) {
  const [digits, setDigits] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const amount = amountOf(digits);
  const type = (to: string): void => {
    setDigits(to);
    setWrong(null);
  };
  const on = (): void => {
    if (amount === 0) setWrong(t("problem.amount_required"));
    else go(`${next}?amount=${amount}`);
  };
  if (!may(shop, right)) {
    return (
      <TillPage shop={shop} title={t(title)} heading={tx(title)} back={back}>
        <Notice kind="info" title={tx("problem.not_allowed")} />
      </TillPage>
    );
  }
  return (
    <TillPage
      shop={shop}
      title={t(title)}
      heading={tx(title)}
      back={back}
      keys={{ onPad: (key) => type(press(digits, key)), onEnter: on }}
    >
      <div class="till-desk">
        <AmountPad label={tx(label)} digits={digits} onDigits={type} onEnter={on} error={wrong} />
        <div class="till-deeds">
          <Button look="main" wide icon="scan" onPress={on}>
            {tx("till.read")}
          </Button>
        </div>
      </div>
    </TillPage>
  );
}

export const TopUpAmount = forShop(({ shop }) => (
  <AmountPage
    shop={shop}
    title="till.top_up"
    label="till.top_up_amount"
    right="top_up"
    back={`/till/${shop.id}/more`}
    next={`/till/${shop.id}/top-up/customer`}
  />
));

export const HoldAmount = forShop(({ shop }) => (
  <AmountPage
    shop={shop}
    title="till.hold_new"
    label="till.hold_amount"
    right="charge"
    back={`/till/${shop.id}/holds`}
    next={`/till/${shop.id}/holds/new/customer`}
  />
));
