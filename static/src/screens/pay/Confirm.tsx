import { useEffect, useRef, useState } from "preact/hooks";
import { whose } from "../../api/acting";
import { askedOf } from "../../api/coupons";
import { intents } from "../../api/intents";
import { NoAnswerError, ProblemError } from "../../api/problems";
import type { ReadCode } from "../../api/types";
import { pay, PAYMENT } from "../../api/wallet";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { amountOf } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button, ButtonLink } from "../../components/Button";
import { clockText, secondsLeft } from "../../components/time-left";
import { useNow } from "../../components/DateTime";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { acting } from "../../state/acting";
import { offlineSince } from "../../state/network";
import { mine, refresh } from "../../state/wallet";
import { Discount } from "./Discount";
import { useQuote, type Quoting } from "./useQuote";

interface Given {
  readonly code: string;
  readonly read: ReadCode;
}

function given(): Given | null {
  const { code, read } = place.peek().given as Partial<Given>;
  return code !== undefined && read !== undefined ? { code, read } : null;
}

/** Whom and how much: one look, one button. */
export default function Confirm() {
  const handed = useRef(given()).current;
  useEffect(() => {
    if (intents.unresolved(PAYMENT)) go("/pay/checking", { replace: true });
    else if (!handed) go("/pay/scan", { replace: true });
  }, []);
  return handed ? <Ask {...handed} /> : null;
}

/** Refusals that speak about the amount stand at the amount. */
const ABOUT_AMOUNT = new Set(["amount_required", "insufficient_funds", "limit_per_payment", "limit_per_day"]);

interface Paying {
  readonly busy: boolean;
  readonly wrong: string | null;
  readonly trouble: string | null;
  readonly forget: () => void;
  readonly send: () => Promise<void>;
}

/** How much the balance known here falls short of an amount; 0 where it is enough or nothing is known. */
function shortBy(amount: number): number {
  return Math.max(0, amount - (mine.value?.balance.available ?? amount));
}

/**
 * This hook will pay once and lead on: to the receipt, to finding out, or back to what is wrong. Coins that came a moment ago
 * may not be known here yet, so a balance that seems short is asked for anew before anybody is sent away.
 */
function usePayment({ code, read }: Given, amount: number, quoting: Quoting): Paying {
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (amount === 0) return setWrong(t("problem.amount_required"));
    setBusy(true);
    setWrong(null);
    setTrouble(null);
    const person = whose();
    const shown = quoting.quote;
    const quote = await quoting.settle();
    if (quote !== null && quote.discount > 0 && shown === null) return setBusy(false); // what it costs has just come: looked at before it is paid
    const pays = quote?.pays ?? amount;
    if (shortBy(pays) > 0) await refresh();
    if (whose() !== person) return; // the mandate ended meanwhile: nothing is paid from somebody else's wallet
    const missing = shortBy(pays);
    if (missing > 0) {
      setBusy(false);
      return setWrong(t("confirm.short", { amount: missing }));
    }
    try {
      const receipt = await pay(code, read.amount === null ? amount : null, askedOf(quote));
      if (acting.peek()) void refresh(); // another's wallet has no feed here that would tell of it
      go(`/pay/receipts/${receipt.id}`, { replace: true, given: { fresh: true, receipt } });
    } catch (error) {
      if (error instanceof NoAnswerError) return go("/pay/checking", { replace: true });
      if (error instanceof ProblemError && error.code === "quote_changed") quoting.forget();
      const about = error instanceof ProblemError && ABOUT_AMOUNT.has(error.code);
      (about ? setWrong : setTrouble)(problemText(error));
      setBusy(false);
    }
  };
  return { busy, wrong, trouble, send, forget: () => setWrong(null) };
}

function Ask(handed: Given) {
  const { read } = handed;
  const [digits, setDigits] = useState("");
  const amount = read.amount ?? amountOf(digits);
  const quoting = useQuote(handed.code, read.amount, amount);
  const payment = usePayment(handed, amount, quoting);
  const pays = quoting.quote?.pays ?? amount;
  // While it is being paid the balance may already tell of this payment: what stood here before the tap stays.
  const known = useRef(mine.value?.balance.available);
  if (!payment.busy) known.current = mine.value?.balance.available;
  const left = known.current === undefined ? null : known.current - pays;
  const after = left === null || amount === 0 || left < 0 ? null : left;
  const type = (next: string): void => {
    setDigits(next);
    payment.forget();
  };
  return (
    <Page
      title={t("confirm.title")}
      heading={tx("confirm.title")}
      back="/pay/scan"
      foot={<Foot amount={pays} short={left !== null && left < 0 && amount > 0} payment={payment} />}
    >
      <Payee read={read} />
      {acting.value && <p class="lead">{tx("confirm.from_other", { name: acting.value.name })}</p>}
      {read.amount === null ? (
        <AmountPad
          label={tx("confirm.enter")}
          digits={digits}
          onDigits={type}
          onEnter={() => void payment.send()}
          error={payment.wrong}
          hint={after !== null && tx("confirm.after", { amount: after })}
        />
      ) : (
        <FixedAmount amount={read.amount} expiresAt={read.expires_at} wrong={payment.wrong} after={after} />
      )}
      {quoting.quote && <Discount quote={quoting.quote} />}
      {payment.trouble && <Notice kind="error" title={payment.trouble} spoken />}
      {offlineSince.value && <Notice kind="warn" title={tx("confirm.offline")} spoken />}
    </Page>
  );
}

function Foot({ amount, short, payment }: { readonly amount: number; readonly short: boolean; readonly payment: Paying }) {
  return (
    <>
      {short && (
        <ButtonLink wide icon="plus" href="/pay/top-up">
          {tx("pay.top_up")}
        </ButtonLink>
      )}
      <Button look="main" wide busy={payment.busy} disabled={offlineSince.value !== null} onPress={() => void payment.send()}>
        {amount > 0 ? tx("confirm.pay", { amount }) : tx("confirm.pay_none")}
      </Button>
    </>
  );
}

function Payee({ read }: { readonly read: ReadCode }) {
  return (
    <div class="payee">
      <span class="row-icon row-icon-plain">
        <Icon name="shop" />
      </span>
      <p>
        <span class="soft small">{tx("confirm.to")}</span>
        <strong class="payee-name">{shopName(read.shop)}</strong>
      </p>
    </div>
  );
}

interface FixedProps {
  readonly amount: number;
  readonly expiresAt: string | null;
  readonly wrong: string | null;
  readonly after: number | null;
}

function FixedAmount({ amount, expiresAt, wrong, after }: FixedProps) {
  const now = useNow();
  return (
    <div class="fixed-amount">
      <p class="soft">{tx("confirm.amount")}</p>
      <Money amount={amount} size="xl" />
      {after !== null && <p class="soft">{tx("confirm.after", { amount: after })}</p>}
      {wrong && (
        <p class="field-error" role="alert">
          <Icon name="error" size="s" />
          <span>{wrong}</span>
        </p>
      )}
      {expiresAt && <p class="soft">{tx("confirm.left", { time: clockText(secondsLeft(expiresAt, now)) })}</p>}
    </div>
  );
}
