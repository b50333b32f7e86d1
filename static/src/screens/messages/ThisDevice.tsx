import { useEffect } from "preact/hooks";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { tx } from "../../i18n";
import { lookAtPush, pushState, turnPushOff, turnPushOn } from "../../state/push";

/** Whether this very device shows messages while the app is closed; the browser asks only after a press, the reason beside it. */
export function ThisDevice() {
  const { busy, trouble, run } = useDeed();
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
