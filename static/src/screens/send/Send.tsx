import { useEffect, useState } from "preact/hooks";
import { ProblemError } from "../../api/problems";
import { readRecipient, sendCoins, type Recipient } from "../../api/sending";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { SignInFirst } from "../../app/SignInFirst";
import { dropLink, useTokenLink } from "../../app/token-link";
import { TokenReader } from "../../app/TokenReader";
import { amountOf } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { acting } from "../../state/acting";
import { session } from "../../state/session";
import { refresh } from "../../state/wallet";
import { nameOf, Who } from "./who";

const LINK = "send";
const MESSAGE_SIGNS = 40;
const NAME_SIGNS = 20;

/** To whom, how much, one look, done: a question a screen. */
export default function Send() {
  const { token, take, leave } = useTokenLink(LINK);
  if (session.value.kind === "out") return <SignInFirst title="send.title" words="send.stranger" next="/pay/send" />;
  if (token === null) return <ToWhom onToken={take} />;
  return <HowMuch key={token} token={token} onLeave={leave} />;
}

function ToWhom({ onToken }: { readonly onToken: (token: string) => void }) {
  return (
    <Page title={t("send.title")} heading={tx("send.to_whom")} back="/pay">
      <p>{tx("send.how")}</p>
      <TokenReader why="send.scan_why" wrong="send.not_one" onToken={onToken} />
    </Page>
  );
}

function HowMuch({ token, onLeave }: { readonly token: string; readonly onLeave: () => void }) {
  const [to, setTo] = useState<Recipient | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [digits, setDigits] = useState("");
  const [sure, setSure] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    readRecipient(token).then(setTo, (error: unknown) => setTrouble(problemText(error)));
  }, [token]);
  const amount = amountOf(digits);
  if (trouble !== null || to === null) {
    return (
      <Page title={t("send.title")} heading={tx("send.title")} back="/pay">
        {trouble === null ? (
          <Skeleton lines={3} />
        ) : (
          <Notice kind="error" title={trouble} spoken>
            <Button onPress={onLeave}>{tx("send.another")}</Button>
          </Notice>
        )}
      </Page>
    );
  }
  const again = (words: string): void => {
    setWrong(words);
    setSure(false);
  };
  if (sure) return <Check token={token} to={to} amount={amount} onWrong={again} onBack={() => setSure(false)} />;
  const most = Math.min(to.sendable, to.limits.per_send, to.limits.left_today, to.limits.left_this_month);
  const next = (): void => {
    if (amount === 0) setWrong(t("problem.amount_required"));
    else if (amount > most) setWrong(t("send.most", { amount: most }));
    else setSure(true);
  };
  return (
    <Page
      title={t("send.title")}
      heading={tx("send.how_much")}
      back="/pay"
      foot={
        <Button look="main" wide onPress={next}>
          {tx("send.next")}
        </Button>
      }
    >
      <Who word="send.to" name={to.name} mask={to.mask} />
      <AmountPad
        label={tx("send.enter")}
        digits={digits}
        onDigits={(next) => {
          setDigits(next);
          setWrong(null);
        }}
        onEnter={next}
        error={wrong}
        hint={tx("send.can", { amount: most })}
      />
      <p class="soft">{tx("send.paid_only")}</p>
    </Page>
  );
}

/** Refusals that speak about the amount stand at the amount. */
const ABOUT_AMOUNT = new Set([
  "insufficient_funds",
  "paid_coins_short",
  "limit_per_send",
  "limit_per_day",
  "limit_sends_per_day",
  "limit_sends_per_month",
]);

interface CheckProps {
  readonly token: string;
  readonly to: Recipient;
  readonly amount: number;
  readonly onWrong: (words: string) => void;
  readonly onBack: () => void;
}

function Check({ token, to, amount, onWrong, onBack }: CheckProps) {
  const [message, setMessage] = useState("");
  const [signed, setSigned] = useState("");
  const { busy, trouble, run } = useDeed();
  const send = (): Promise<void> =>
    run(async () => {
      try {
        const sent = await sendCoins(token, amount, message.trim(), signed.trim());
        dropLink(LINK);
        if (acting.peek()) void refresh(); // another's wallet has no feed here that would tell of it
        go(`/pay/sent/${sent.id}`, { replace: true, given: { fresh: true, sent } });
      } catch (error) {
        if (error instanceof ProblemError && ABOUT_AMOUNT.has(error.code)) return onWrong(problemText(error));
        throw error;
      }
    });
  return (
    <Page
      title={t("send.check")}
      heading={tx("send.check")}
      foot={
        <>
          <Button look="main" wide icon="send" busy={busy} onPress={() => void send()}>
            {tx("send.send", { amount })}
          </Button>
          <Button wide onPress={onBack}>
            {tx("send.back")}
          </Button>
        </>
      }
    >
      <Who word="send.to" name={to.name} mask={to.mask} />
      {acting.value && <p class="lead">{tx("confirm.from_other", { name: acting.value.name })}</p>}
      <div class="fixed-amount">
        <p class="soft">{tx("confirm.amount")}</p>
        <Money amount={amount} size="xl" />
      </div>
      <Field
        label={tx("send.message")}
        hint={tx("send.message_hint", { count: MESSAGE_SIGNS })}
        value={message}
        onValue={setMessage}
        input={{ name: "message", maxLength: MESSAGE_SIGNS, autoComplete: "off" }}
      />
      <Field
        label={tx("send.signed")}
        hint={tx("send.signed_hint")}
        value={signed}
        onValue={setSigned}
        input={{ name: "signed", maxLength: NAME_SIGNS, autoComplete: "off" }}
      />
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <p class="soft">{tx("send.final", { name: nameOf(to) })}</p>
    </Page>
  );
}
