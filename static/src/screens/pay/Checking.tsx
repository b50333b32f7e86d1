import { useEffect, useState } from "preact/hooks";
import { intents } from "../../api/intents";
import { NoAnswerError } from "../../api/problems";
import type { Receipt } from "../../api/types";
import { PAYMENT } from "../../api/wallet";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Progress } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { backoffMs } from "../../live/backoff";
import { onBack } from "../../state/network";

const SLOW_AFTER_TRIES = 3;

/** The answer to a payment got lost. The same payment is asked about, with its own key, until the truth is known. */
export default function Checking() {
  const [tries, setTries] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let count = 0;
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      try {
        const receipt = await intents.again<Receipt>(PAYMENT);
        if (!over) go(`/pay/receipts/${receipt.id}`, { replace: true, given: { fresh: true, receipt } });
      } catch (error) {
        if (over) return;
        if (!(error instanceof NoAnswerError)) return setRefused(problemText(error));
        count += 1;
        setTries(count);
        timer = setTimeout(() => void look(), backoffMs(count, Math.random()));
      }
    };
    if (intents.unresolved(PAYMENT)) void look();
    else go("/pay", { replace: true });
    const stop = onBack(() => {
      if (!over && intents.unresolved(PAYMENT)) void look();
    });
    return () => {
      over = true;
      stop();
      clearTimeout(timer);
    };
  }, []);

  if (refused !== null) {
    return (
      <Page
        title={t("checking.title")}
        heading={tx("checking.title")}
        foot={
          <ButtonLink look="main" wide href="/pay">
            {tx("checking.to_pay")}
          </ButtonLink>
        }
      >
        <Notice kind={intents.unresolved(PAYMENT) ? "warn" : "error"} title={refused} spoken>
          {!intents.unresolved(PAYMENT) && <p>{tx("checking.refused")}</p>}
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t("checking.title")} heading={tx("checking.title")}>
      <Progress words="checking.words" />
      {tries >= SLOW_AFTER_TRIES && <Notice kind="warn" title={tx("checking.slow")} spoken />}
    </Page>
  );
}
