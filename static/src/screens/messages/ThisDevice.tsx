import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { lookAtPush, pushState, turnPushOff, turnPushOn } from "../../state/push";

/** Whether this very device shows messages while the app is closed; the browser asks only after a press, the reason beside it. */
export function ThisDevice() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      await deed();
    } catch (error) {
      setTrouble(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void lookAtPush().catch(() => (pushState.value = "off")), []);
  const state = pushState.value;
  return (
    <Card title={tx("messages.device")}>
      {trouble && <Notice kind="warn" title={trouble} spoken />}
      {state === "unsupported" && <p>{tx("messages.device_unsupported")}</p>}
      {state === "blocked" && <p>{tx("messages.device_blocked")}</p>}
      {state === "off" && (
        <>
          <p>{tx("messages.device_why")}</p>
          <Button look="main" wide icon="bell" busy={busy} onPress={() => void run(turnPushOn)}>
            {tx("messages.device_on")}
          </Button>
        </>
      )}
      {state === "on" && (
        <>
          <p>{tx("messages.device_is_on")}</p>
          <Button wide busy={busy} onPress={() => void run(turnPushOff)}>
            {tx("messages.device_off")}
          </Button>
        </>
      )}
    </Card>
  );
}
