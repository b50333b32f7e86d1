import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { askedOf } from "../../api/coupons";
import { payOrder, type Order, type OrderMethod, type OrderToPay } from "../../api/orders";
import { NoAnswerError, ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { offlineSince } from "../../state/network";
import { Discount } from "../pay/Discount";
import { leaveFor } from "../top-up/leave";
import { OrderCard } from "./OrderCard";
import { METHOD_WORDS, mostCoins, waysOf } from "./words";

interface PayProps {
  readonly found: OrderToPay;
  readonly token: string;
  readonly show: (order: Order) => void;
  readonly again: () => Promise<void>;
  /** What went wrong around it, above everything. */
  readonly notice: ComponentChildren;
}

/** What a way of paying makes of the price: so many coins, the rest on the card; null where the typed part cannot be. */
function coinsOf(found: OrderToPay, method: OrderMethod, pays: number, typed: string): number | null {
  if (method !== "mixed") return method === "coin" ? pays : 0;
  const coins = Number(typed);
  return /^[0-9]{1,9}$/.test(typed) && coins >= 1 && coins <= mostCoins(found, pays) ? coins : null;
}

/** How it is paid, what is left then, and one button. */
export function PayOrder({ found, token, show, again, notice }: PayProps) {
  const { order, quote, available } = found;
  const pays = quote?.pays ?? order.total;
  const ways = waysOf(found, pays);
  const [chosen, setChosen] = useState<OrderMethod | null>(null);
  const method = chosen !== null && ways.includes(chosen) ? chosen : (ways[0] ?? null);
  const [typed, setTyped] = useState(String(Math.max(0, mostCoins(found, pays))));
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const coins = method === null ? null : coinsOf(found, method, pays, typed);

  const pay = async (): Promise<void> => {
    setTrouble(null);
    if (method === null) return;
    if (coins === null) return setWrong(t("order.coins_range", { most: mostCoins(found, pays) }));
    setBusy(true);
    try {
      const paid = await payOrder(order.id, { token, method, coin: method === "mixed" ? coins : 0, coupons: askedOf(quote) });
      if (paid.paying?.url) return leaveFor(paid.paying.url);
      show(paid);
    } catch (error) {
      setTrouble(error instanceof NoAnswerError ? t("order.no_answer") : problemText(error));
      if (error instanceof ProblemError && error.code !== "insufficient_funds") void again();
    }
    setBusy(false);
  };

  return (
    <Page
      title={t("order.title")}
      heading={tx("order.title")}
      back="/pay/orders"
      foot={
        method !== null && (
          <Button look="main" wide busy={busy} disabled={offlineSince.value !== null} onPress={() => void pay()}>
            {tx(order.mode === "hold" ? "order.hold" : "confirm.pay", { amount: pays })}
          </Button>
        )
      }
    >
      {notice}
      <OrderCard order={order} />
      {quote && <Discount quote={quote} />}
      {ways.length === 0 && (
        <Notice kind="warn" title={tx("order.no_way")}>
          <ButtonLink icon="plus" href="/pay/top-up">
            {tx("pay.top_up")}
          </ButtonLink>
        </Notice>
      )}
      {ways.length > 0 && method !== null && (
        <>
          <Choice
            label={tx("order.how")}
            layout="column"
            value={method}
            onValue={setChosen}
            options={ways.map((way) => ({ value: way, text: tx(METHOD_WORDS[way]) }))}
          />
          {method === "mixed" && (
            <Field
              label={tx("order.coins_part")}
              hint={tx("order.coins_range", { most: mostCoins(found, pays) })}
              error={wrong}
              value={typed}
              onValue={(next) => {
                setTyped(next.trim());
                setWrong(null);
              }}
              input={{ inputMode: "numeric", autoComplete: "off" }}
            />
          )}
          {coins !== null && coins > 0 && <p class="soft">{tx("confirm.after", { amount: available - coins })}</p>}
          {coins !== null && coins < pays && <p class="soft">{tx("order.next_card", { amount: pays - coins })}</p>}
        </>
      )}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {offlineSince.value && <Notice kind="warn" title={tx("confirm.offline")} spoken />}
    </Page>
  );
}
