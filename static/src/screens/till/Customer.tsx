import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { intents } from "../../api/intents";
import type { Hold, Receipt, TillShop, TopUp as TopUpReceipt } from "../../api/types";
import { sellUnits, type Sale } from "../../api/premium";
import { chargeCustomer, hold, topUp } from "../../api/wallet";
import { back, go, place } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { Money } from "../../components/Money";
import { t, tx, type TextKey } from "../../i18n";
import { CodeReader } from "../../scan/CodeReader";
import { Checking } from "./Checking";
import { DeedDone } from "./DeedDone";
import { draft } from "./draft";
import { forShop } from "./ForShop";
import { arrivals, enter } from "./live";
import { amountInDoubt, NAMES } from "./money-deeds";
import { Paid } from "./Paid";
import { nextStep } from "./refusal";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { ring } from "./voice";

/** What is done with a customer's code: its words, its door, and what follows. */
interface Spec<T> {
  readonly name: (shop: string) => string;
  readonly send: (shop: string, code: string, amount: number) => Promise<T>;
  /** Where the amount is typed, below the till's own address. */
  readonly amountAt: string;
  readonly ask: TextKey;
  readonly how: TextKey;
  readonly press: "till.take_press" | "till.top_up_press" | "till.premium_press" | "till.hold_press";
  readonly after: (shop: string, answer: T) => void;
  readonly done: (shop: TillShop, answer: T) => ComponentChildren;
}

/** Read the customer's code, look at the amount together, press once. */
function CustomerDeed<T>({ shop, spec }: { readonly shop: TillShop; readonly spec: Spec<T> }) {
  const name = spec.name(shop.id);
  const { deed, press, check, renew } = useDeed<T>(name, (answer) => spec.after(shop.id, answer));
  const [amount] = useState(() => amountInDoubt(name) ?? amountAsked());
  const [code, setCode] = useState<string | null>(null);
  const amountPage = `/till/${shop.id}${spec.amountAt}`;
  useEffect(() => {
    if (amount === null && !intents.unresolved(name)) go(amountPage, { replace: true });
  }, []);
  const over = deed.kind === "done";
  useEffect(() => (over ? undefined : arrivals.hold()), [over]);

  if (amount === null) return null;
  if (deed.kind === "done") return <>{spec.done(shop, deed.answer)}</>;
  if (deed.kind === "checking" || deed.kind === "stranger") {
    return <Checking shop={shop} deed={deed} amount={amount} onCheck={check} />;
  }
  if (code === null) return <ReadCode shop={shop} amount={amount} back={amountPage} onCode={setCode} />;

  const again = (): void => {
    renew();
    setCode(null);
  };
  const sending = deed.kind === "sending";
  const send = (): void => press(() => spec.send(shop.id, code, amount));
  const next = deed.kind === "refused" ? nextStep(deed.error) : null;
  const rescan = next === "scan" || next === "none";
  return (
    <TillPage
      shop={shop}
      title={t(spec.ask)}
      heading={tx(spec.ask)}
      {...(sending ? {} : { back: amountPage })}
      keys={{ onEnter: next === null ? send : next === "amount" ? () => back(amountPage) : again }}
      foot={
        <>
          {next === null && (
            <Button look="main" wide busy={sending} onPress={send}>
              {tx(spec.press, { amount })}
            </Button>
          )}
          {next === "amount" && (
            <Button look="main" wide onPress={() => back(amountPage)}>
              {tx("till.change_amount")}
            </Button>
          )}
          {!sending && next !== "sign_in" && (
            <Button look={rescan ? "main" : "plain"} wide icon="scan" onPress={again}>
              {tx("till.rescan")}
            </Button>
          )}
        </>
      }
    >
      <div class="till-ask">
        <Money amount={amount} size="xl" />
        {next === null && <p class="lead">{tx(spec.how)}</p>}
        {sending && (
          <p class="till-slow soft" role="status">
            {tx("till.sending")}
          </p>
        )}
        {deed.kind === "refused" && (
          <Trouble error={deed.error}>
            <p>{tx("till.refused_still")}</p>
          </Trouble>
        )}
      </div>
    </TillPage>
  );
}

function amountAsked(): number | null {
  const asked = Number(place.peek().query.get("amount"));
  return Number.isSafeInteger(asked) && asked > 0 ? asked : null;
}

interface ReadProps {
  readonly shop: TillShop;
  readonly amount: number;
  readonly back: string;
  readonly onCode: (code: string) => void;
}

function ReadCode({ shop, amount, back: otherwise, onCode }: ReadProps) {
  return (
    <TillPage shop={shop} title={t("till.read")} heading={tx("till.read")} back={otherwise}>
      <div class="till-reader">
        <p class="till-reader-amount">
          <Money amount={amount} size="l" />
          <span class="soft">{tx("till.scan_how")}</span>
        </p>
        <CodeReader
          why="till.scan_why"
          onCode={(text) => {
            onCode(text);
            return Promise.resolve(null);
          }}
        />
      </div>
    </TillPage>
  );
}

const TAKE: Spec<Receipt> = {
  name: NAMES.take,
  send: chargeCustomer,
  amountAt: "",
  ask: "till.take_ask",
  how: "till.take_how",
  press: "till.take_press",
  after: (_shop, receipt) => {
    arrivals.own(receipt.id);
    enter([receipt]);
    draft.value = "";
    ring();
  },
  done: (shop, receipt) => <Paid shop={shop} amount={receipt.amount} receiptId={receipt.id} />,
};

const TOP_UP: Spec<TopUpReceipt> = {
  name: NAMES.topUp,
  send: topUp,
  amountAt: "/top-up",
  ask: "till.top_up_ask",
  how: "till.top_up_how",
  press: "till.top_up_press",
  after: () => ring(),
  done: (shop, { amount, receipt_number }) => (
    <DeedDone shop={shop} title={tx("till.top_up_done", { amount })} said={t("till.top_up_done", { amount })}>
      <p class="soft">
        {tx("till.number")} <span class="receipt-number">{receipt_number}</span>
      </p>
    </DeedDone>
  ),
};

/** Which campaign and how many units were chosen before, as the address says. */
function chosen(): { readonly premium_id: string; readonly units: number } {
  const { query } = place.peek();
  return { premium_id: query.get("premium") ?? "", units: Number(query.get("units")) };
}

const PREMIUM: Spec<Sale> = {
  name: NAMES.premium,
  send: (shop, code, amount) => sellUnits(NAMES.premium(shop), shop, { ...chosen(), customer_code: code, amount }),
  amountAt: "/premium",
  ask: "till.premium_ask",
  how: "till.premium_how",
  press: "till.premium_press",
  after: () => ring(),
  done: (shop, { paid, bonus, receipt_number }) => (
    <DeedDone shop={shop} title={tx("till.premium_done", { amount: paid + bonus })} said={t("till.premium_done", { amount: paid + bonus })}>
      <p>{tx("till.premium_done_how", { paid, bonus })}</p>
      <p class="soft">
        {tx("till.number")} <span class="receipt-number">{receipt_number}</span>
      </p>
    </DeedDone>
  ),
};

const HOLD: Spec<Hold> = {
  name: NAMES.hold,
  send: hold,
  amountAt: "/holds/new",
  ask: "till.hold_ask",
  how: "till.hold_how",
  press: "till.hold_press",
  after: () => ring(),
  done: (shop, { id, amount, expires_at }) => (
    <DeedDone
      shop={shop}
      title={tx("till.hold_done", { amount })}
      said={t("till.hold_done", { amount })}
      end={
        <ButtonLink wide icon="hold" href={`/till/${shop.id}/holds/${id}`}>
          {tx("till.hold_see")}
        </ButtonLink>
      }
    >
      <p class="soft">{tx("till.hold_until", { time: <DateTime at={expires_at} /> })}</p>
    </DeedDone>
  ),
};

export const Take = forShop(({ shop }) => <CustomerDeed shop={shop} spec={TAKE} />);
export const TopUp = forShop(({ shop }) => <CustomerDeed shop={shop} spec={TOP_UP} />);
export const PremiumSale = forShop(({ shop }) => <CustomerDeed shop={shop} spec={PREMIUM} />);
export const HoldCustomer = forShop(({ shop }) => <CustomerDeed shop={shop} spec={HOLD} />);
