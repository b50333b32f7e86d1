import { useEffect, useState } from "preact/hooks";
import { newCounterCode } from "../../api/accounts";
import type { CounterCode } from "../../api/types";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Countdown } from "../../components/Countdown";
import { useNow } from "../../components/DateTime";
import { inFours } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { clockText, secondsLeft } from "../../components/time-left";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { useAwake } from "../pay/awake";

const LIFE_SECONDS = 600;

/** The code that an officer at the counter scans or types: one use, ten minutes, the newest alone. */
export default function CounterPage() {
  const [shown, setShown] = useState<CounterCode | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const now = useNow();
  useAwake();
  const renew = async (): Promise<void> => {
    setTrouble(null);
    try {
      setShown(await newCounterCode());
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void renew(), []);
  const seconds = shown ? Math.min(LIFE_SECONDS, secondsLeft(shown.expires_at, now)) : 0;
  return (
    <Page
      title={t("id.by_counter")}
      heading={tx("id.by_counter")}
      back="/me/id"
      foot={
        <Button wide icon="renew" onPress={() => void renew()}>
          {tx("counter_code.renew")}
        </Button>
      }
    >
      <p class="lead">{tx("counter_code.what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!shown && !trouble && <Skeleton lines={4} />}
      {shown && seconds > 0 && (
        <>
          <QrCode text={shown.code} label={t("counter_code.label")} />
          <p class="counter-code">{inFours(shown.code)}</p>
          <Countdown seconds={seconds} whole={LIFE_SECONDS}>
            {tx("counter_code.left", { time: clockText(seconds) })}
          </Countdown>
        </>
      )}
      {shown && seconds === 0 && <Notice kind="info" title={tx("counter_code.over")} spoken />}
      <Notice kind="info" title={tx("counter_code.bring")}>
        <p>{tx("counter_code.papers")}</p>
      </Notice>
    </Page>
  );
}
