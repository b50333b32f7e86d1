import { useEffect, useState } from "preact/hooks";
import { askPayout, myPayouts, withdrawPayout, type Payout, type PayoutBank, type PayoutWish } from "../../api/payouts";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Choice } from "../../components/Choice";
import { DateTime, Day } from "../../components/DateTime";
import { Field } from "../../components/Field";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { offlineSince } from "../../state/network";
import { shownBalance } from "../../state/wallet";
import { stateWords, UNDER_WAY, wrongField } from "./words";

const EMPTY = { bank_code: "", branch_code: "", number: "", holder: "" };
const FIELDS = ["bank_code", "branch_code", "number", "holder"] as const;
const LABELS = {
  bank_code: "payout.bank_code",
  branch_code: "payout.branch_code",
  number: "payout.account_number",
  holder: "payout.holder",
} as const;
const HINTS = {
  bank_code: "payout.bank_code_how",
  branch_code: "payout.branch_code_how",
  number: "payout.account_number_how",
  holder: "payout.holder_how",
} as const;
type Typed = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Coins back to money: when that is possible, asking for it, and how it stands. */
export default function Payouts() {
  const [found, setFound] = useState<readonly Payout[] | null>(null);
  const deed = useDeed();
  const load = (): Promise<void> => deed.run(async () => setFound((await myPayouts()).results));
  useEffect(() => void load(), []);
  const current = found?.find(({ state }) => UNDER_WAY.has(state)) ?? null;
  if (found !== null && current === null) return <AskFor earlier={found} onAsked={() => void load()} />;
  return (
    <Page title={t("payout.title")} heading={tx("payout.title")} back="/pay">
      {found === null && !deed.trouble && <Skeleton lines={4} />}
      {current && <Standing payout={current} />}
      {current?.state === "asked" && (
        <Button
          look="quiet"
          busy={deed.busy}
          onPress={() =>
            void deed.run(async () => {
              await withdrawPayout(current.id);
              setFound((await myPayouts()).results);
            })
          }
        >
          {tx("payout.withdraw")}
        </Button>
      )}
      {found?.filter((each) => each !== current).map((each) => <Standing key={each.id} payout={each} />)}
      {deed.trouble && (
        <Notice kind="error" title={deed.trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
    </Page>
  );
}

function Standing({ payout }: { readonly payout: Payout }) {
  return (
    <Card title={tx(stateWords(payout))}>
      {payout.amount !== null && <Money amount={payout.amount} size="l" />}
      <dl class="facts">
        <dt>{tx("payout.number")}</dt>
        <dd class="receipt-number">{payout.receipt_number}</dd>
        <dt>{tx("payout.asked_at")}</dt>
        <dd>
          <DateTime at={payout.at} />
        </dd>
        <dt>{tx("payout.way")}</dt>
        <dd>{payout.way === "cash" ? tx("payout.cash") : tx("payout.bank_end", { end: payout.account_end })}</dd>
        {payout.pay_on && (
          <>
            <dt>{tx("payout.pay_on")}</dt>
            <dd>
              <Day day={payout.pay_on} />
            </dd>
          </>
        )}
      </dl>
      {payout.answer !== "" && <p>{payout.answer}</p>}
    </Card>
  );
}

interface AskForProps {
  readonly earlier: readonly Payout[];
  readonly onAsked: () => void;
}

function AskFor({ earlier, onAsked }: AskForProps) {
  const [wish, setWish] = useState<PayoutWish>("moving");
  const [way, setWay] = useState<Payout["way"]>("cash");
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [type, setType] = useState<PayoutBank["account_type"]>("1");
  const [wrong, setWrong] = useState<keyof Typed | null>(null);
  const deed = useDeed();
  const paid = sumOf("paid");
  const go = (): Promise<void> => {
    const fault = way === "bank" ? wrongField(typed) : null;
    setWrong(fault);
    if (fault !== null) return Promise.resolve();
    return deed.run(async () => {
      await askPayout(wish, way === "bank" ? { ...typed, account_type: type } : null);
      onAsked();
    });
  };
  return (
    <Page
      title={t("payout.title")}
      heading={tx("payout.title")}
      back="/pay"
      foot={
        <Button look="main" wide busy={deed.busy} disabled={paid === 0 || offlineSince.value !== null} onPress={() => void go()}>
          {tx("payout.ask")}
        </Button>
      }
    >
      <p>{tx("payout.when")}</p>
      <Card title={tx("payout.payable")}>
        <Money amount={paid} size="l" />
        {sumOf("bonus") > 0 && <p class="soft">{tx("payout.not_bonus", { amount: sumOf("bonus") })}</p>}
        {paid === 0 && <p>{tx("payout.nothing")}</p>}
      </Card>
      <Choice
        label={tx("payout.why")}
        layout="column"
        value={wish}
        onValue={setWish}
        options={[
          { value: "moving", text: tx("payout.moving") },
          { value: "other", text: tx("payout.other") },
        ]}
      />
      <Choice
        label={tx("payout.way")}
        layout="column"
        value={way}
        onValue={setWay}
        options={[
          { value: "cash", text: tx("payout.cash") },
          { value: "bank", text: tx("payout.bank") },
        ]}
      />
      {way === "bank" && <BankFields typed={typed} wrong={wrong} type={type} onType={setType} onTyped={setTyped} />}
      <p class="soft">{tx("payout.next")}</p>
      {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
      {earlier.map((each) => (
        <Standing key={each.id} payout={each} />
      ))}
    </Page>
  );
}

interface BankFieldsProps {
  readonly typed: Typed;
  readonly wrong: keyof Typed | null;
  readonly type: PayoutBank["account_type"];
  readonly onType: (type: PayoutBank["account_type"]) => void;
  readonly onTyped: (typed: Typed) => void;
}

function BankFields({ typed, wrong, type, onType, onTyped }: BankFieldsProps) {
  return (
    <>
      {FIELDS.map((name) => (
        <Field
          key={name}
          label={tx(LABELS[name])}
          hint={tx(HINTS[name])}
          error={wrong === name ? tx("payout.fill") : null}
          value={typed[name]}
          onValue={(text) => onTyped({ ...typed, [name]: text })}
          input={{ name, autoComplete: "off", inputMode: name === "holder" ? "text" : "numeric" }}
        />
      ))}
      <Choice
        label={tx("payout.type")}
        value={type}
        onValue={onType}
        options={[
          { value: "1", text: tx("topup.type_ordinary") },
          { value: "2", text: tx("topup.type_current") },
          { value: "4", text: tx("topup.type_savings") },
        ]}
      />
    </>
  );
}

function sumOf(kind: "paid" | "bonus"): number {
  return (shownBalance()?.balance.lots ?? []).reduce((sum, lot) => (lot.kind === kind ? sum + lot.remaining : sum), 0);
}
