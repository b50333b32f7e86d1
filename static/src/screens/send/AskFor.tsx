import { useState } from "preact/hooks";
import { askForCoins } from "../../api/sending";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { amountOf } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";

const MOST_PEOPLE = 20;

/** How much, then of how many and what for; out comes a link. */
export default function AskFor() {
  const [digits, setDigits] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [next, setNext] = useState(false);
  const amount = amountOf(digits);
  if (next) return <Words amount={amount} onBack={() => setNext(false)} />;
  const goOn = (): void => (amount === 0 ? setWrong(t("problem.amount_required")) : setNext(true));
  return (
    <Page
      title={t("request.title")}
      heading={tx("request.how_much")}
      back="/pay/requests"
      foot={
        <Button look="main" wide onPress={goOn}>
          {tx("send.next")}
        </Button>
      }
    >
      <AmountPad
        label={tx("request.enter")}
        digits={digits}
        onDigits={(typed) => {
          setDigits(typed);
          setWrong(null);
        }}
        onEnter={goOn}
        error={wrong}
      />
    </Page>
  );
}

function Words({ amount, onBack }: { readonly amount: number; readonly onBack: () => void }) {
  const [people, setPeople] = useState("1");
  const [message, setMessage] = useState("");
  const [signed, setSigned] = useState("");
  const { busy, trouble, run } = useDeed();
  const count = Number(people.normalize("NFKC"));
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST_PEOPLE;
  const each = isCount ? Math.ceil(amount / count) : 0;
  const make = (): Promise<void> =>
    run(async () => {
      const made = await askForCoins(amount, count, message.trim(), signed.trim());
      go(`/pay/requests/${made.id}`, { replace: true, given: { made } });
    });
  return (
    <Page
      title={t("request.title")}
      heading={tx("request.words")}
      foot={
        <>
          <Button look="main" wide busy={busy} disabled={!isCount} onPress={() => void make()}>
            {tx("request.make")}
          </Button>
          <Button wide onPress={onBack}>
            {tx("send.back")}
          </Button>
        </>
      }
    >
      <Money amount={amount} size="xl" />
      <Field
        label={tx("request.people")}
        hint={isCount && count > 1 ? tx("request.each", { amount: each }) : tx("request.people_hint", { count: MOST_PEOPLE })}
        error={isCount ? null : tx("request.people_wrong", { count: MOST_PEOPLE })}
        value={people}
        onValue={setPeople}
        input={{ name: "people", inputMode: "numeric", autoComplete: "off" }}
      />
      <Field
        label={tx("request.message")}
        value={message}
        onValue={setMessage}
        input={{ name: "message", maxLength: 40, autoComplete: "off" }}
      />
      <Field
        label={tx("send.signed")}
        hint={tx("send.signed_hint")}
        value={signed}
        onValue={setSigned}
        input={{ name: "signed", maxLength: 20, autoComplete: "off" }}
      />
      {trouble && <Notice kind="error" title={trouble} spoken />}
    </Page>
  );
}
