import { useState } from "preact/hooks";
import { intents } from "../../api/intents";
import type { TopUp } from "../../api/types";
import { COUNTER_TOP_UP, counterTopUp } from "../../api/wallet";
import { Page } from "../../app/Page";
import { amountOf } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { Progress } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { CodeReader } from "../../scan/CodeReader";
import { worksAtCounter } from "../../state/session";
import type { Deed } from "../till/deed";
import { useDeed } from "../till/useDeed";

type Step = "amount" | "code" | "press";

/** The city's counter: cash in, coins out, for whoever shows their code. How much, whose, and one press. */
export default function Counter() {
  const [person, setPerson] = useState(1);
  if (worksAtCounter.value) return <Desk key={person} onNext={() => setPerson(person + 1)} />;
  return (
    <Page title={t("counter.title")} heading={tx("counter.title")} back="/">
      <Notice kind="info" title={tx("counter.not_yours")} />
    </Page>
  );
}

function doubtfulAmount(): number | null {
  const body = intents.unresolved(COUNTER_TOP_UP)?.body as { amount?: number } | undefined;
  return body?.amount ?? null;
}

function Desk({ onNext }: { readonly onNext: () => void }) {
  const [step, setStep] = useState<Step>("amount");
  const [digits, setDigits] = useState(() => doubtfulAmount()?.toString() ?? "");
  const [code, setCode] = useState("");
  const { deed, press, check, renew } = useDeed<TopUp>(COUNTER_TOP_UP, () => chime());
  const amount = amountOf(digits);

  if (deed.kind === "done") return <Done key="done" receipt={deed.answer} onNext={onNext} />;
  if (deed.kind === "checking" || deed.kind === "stranger") return <Doubt key="doubt" amount={amount} onCheck={check} />;
  if (step === "amount") return <HowMuch key="amount" digits={digits} onDigits={setDigits} onDone={() => setStep("code")} />;
  if (step === "code") {
    const take = (text: string): void => {
      setCode(text);
      setStep("press");
    };
    return <Whose key="code" amount={amount} onBack={() => setStep("amount")} onCode={take} />;
  }
  const again = (to: Step): void => {
    renew();
    setStep(to);
  };
  return (
    <Press key="press" deed={deed} amount={amount} onPress={() => press(() => counterTopUp(code, amount))} onAgain={again} />
  );
}

interface HowMuchProps {
  readonly digits: string;
  readonly onDigits: (digits: string) => void;
  readonly onDone: () => void;
}

function HowMuch({ digits, onDigits, onDone }: HowMuchProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  const on = (): void => (amountOf(digits) === 0 ? setWrong(t("problem.amount_required")) : onDone());
  return (
    <Page
      title={t("counter.title")}
      heading={tx("counter.title")}
      back="/"
      foot={
        <Button look="main" wide icon="scan" onPress={on}>
          {tx("counter.read")}
        </Button>
      }
    >
      <AmountPad
        label={tx("counter.amount")}
        digits={digits}
        onDigits={(next) => {
          onDigits(next);
          setWrong(null);
        }}
        onEnter={on}
        error={wrong}
      />
    </Page>
  );
}

interface WhoseProps {
  readonly amount: number;
  readonly onBack: () => void;
  readonly onCode: (code: string) => void;
}

function Whose({ amount, onBack, onCode }: WhoseProps) {
  const take = (text: string): Promise<null> => {
    onCode(text);
    return Promise.resolve(null);
  };
  return (
    <Page title={t("counter.read")} heading={tx("counter.read")} end={<Money amount={amount} size="m" />}>
      <CodeReader why="scan.why_till" onCode={take} />
      <Button onPress={onBack}>{tx("page.back")}</Button>
    </Page>
  );
}

interface PressProps {
  readonly deed: Deed<TopUp>;
  readonly amount: number;
  readonly onPress: () => void;
  readonly onAgain: (step: Step) => void;
}

function Press({ deed, amount, onPress, onAgain }: PressProps) {
  const refused = deed.kind === "refused";
  const sending = deed.kind === "sending";
  return (
    <Page
      title={t("counter.title")}
      heading={tx("counter.title")}
      foot={
        <>
          {!refused && (
            <Button look="main" wide busy={sending} onPress={onPress}>
              {tx("counter.press", { amount })}
            </Button>
          )}
          <Button wide look={refused ? "main" : "plain"} disabled={sending} onPress={() => onAgain(refused ? "code" : "amount")}>
            {tx(refused ? "counter.read" : "page.back")}
          </Button>
        </>
      }
    >
      <div class="fixed-amount">
        <Money amount={amount} size="xl" />
        <p>{tx("counter.check")}</p>
      </div>
      {refused && <Notice kind="error" title={problemText(deed.error)} spoken />}
    </Page>
  );
}

function Doubt({ amount, onCheck }: { readonly amount: number; readonly onCheck: () => void }) {
  return (
    <Page
      title={t("checking.title")}
      heading={tx("checking.title")}
      foot={
        <Button wide icon="renew" onPress={onCheck}>
          {tx("again")}
        </Button>
      }
    >
      <Progress words="waiting.loading" />
      <Notice kind="warn" title={tx("counter.doubt", { amount })} spoken />
    </Page>
  );
}

function Done({ receipt, onNext }: { readonly receipt: TopUp; readonly onNext: () => void }) {
  const { amount, receipt_number: number } = receipt;
  return (
    <Page
      title={t("notice.done")}
      headingHidden
      foot={
        <Button look="main" wide onPress={onNext}>
          {tx("counter.next")}
        </Button>
      }
    >
      <Success title={tx("counter.done", { amount })} said={t("counter.done", { amount })}>
        <p class="soft">
          {tx("receipt.number")} <span class="receipt-number">{number}</span>
        </p>
      </Success>
    </Page>
  );
}
