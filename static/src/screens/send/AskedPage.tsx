import { useEffect, useState } from "preact/hooks";
import { ProblemError } from "../../api/problems";
import { declineAsked, payAsked, readAsked, type Asked } from "../../api/sending";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { SignInFirst } from "../../app/SignInFirst";
import { dropLink, useTokenLink } from "../../app/token-link";
import { Button } from "../../components/Button";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { acting } from "../../state/acting";
import { session } from "../../state/session";
import { refresh } from "../../state/wallet";
import { STATES } from "./states";
import { Who } from "./who";

const LINK = "asked";

/** Somebody asks me for coins: who, how much, what for; I pay or say no. */
export default function AskedPage() {
  const { token } = useTokenLink(LINK);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const { busy, trouble, run } = useDeed();
  const isOut = session.value.kind === "out";
  const look = (): void => {
    setMissing(null);
    if (token !== null && !isOut) readAsked(token).then(setAsked, (error: unknown) => setMissing(problemText(error)));
  };
  useEffect(look, [token, isOut]);
  if (isOut) return <SignInFirst title="asked.title" words="asked.stranger" next="/pay/asked" />;
  if (token === null || asked === null) {
    return (
      <Page title={t("asked.title")} heading={tx("asked.title")} back="/pay/requests">
        {token === null && <p class="lead">{tx("asked.no_link")}</p>}
        {missing && <Notice kind="error" title={missing} spoken />}
        {token !== null && !missing && <Skeleton lines={4} />}
      </Page>
    );
  }
  const pay = (): Promise<void> =>
    run(async () => {
      try {
        const sent = await payAsked(token, asked.amount);
        dropLink(LINK);
        if (acting.peek()) void refresh();
        go(`/pay/sent/${sent.id}`, { replace: true, given: { fresh: true, sent } });
      } catch (error) {
        if (error instanceof ProblemError && error.code === "request_changed") look();
        throw error;
      }
    });
  const decline = (): Promise<void> =>
    run(async () => {
      setAsked(await declineAsked(token));
      dropLink(LINK);
    });
  const isOpen = asked.state === "open";
  return (
    <Page
      title={t("asked.title")}
      heading={tx("asked.title")}
      back="/pay/requests"
      foot={
        isOpen && (
          <>
            <Button look="main" wide icon="send" busy={busy} onPress={() => void pay()}>
              {tx("send.send", { amount: asked.amount })}
            </Button>
            <Button wide busy={busy} onPress={() => void decline()}>
              {tx("asked.decline")}
            </Button>
          </>
        )
      }
    >
      <Who word="asked.from" name={asked.name} mask={asked.mask} />
      {acting.value && <p class="lead">{tx("confirm.from_other", { name: acting.value.name })}</p>}
      <div class="fixed-amount">
        <Money amount={asked.amount} size="xl" />
        {asked.message !== "" && <p class="lead">{asked.message}</p>}
        {!isOpen && <p class="lead">{tx(STATES[asked.state])}</p>}
      </div>
      {isOpen && asked.sendable < asked.amount && <Notice kind="warn" title={tx("send.can", { amount: asked.sendable })} />}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <p class="soft">{tx("asked.careful")}</p>
    </Page>
  );
}
