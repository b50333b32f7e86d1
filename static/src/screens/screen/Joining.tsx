import { useEffect, useRef, useState } from "preact/hooks";
import { askToJoin, pollJoin, type DeviceKind, type Waiting } from "../../api/devices";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { becomeDevice } from "../../state/session";
import { useAwake } from "../pay/awake";

type Standing = { readonly kind: "asking" | "denied" | "over" | "failed" } | { readonly kind: "waiting"; readonly waiting: Waiting };

interface JoiningProps {
  readonly kind: DeviceKind;
  /** Whose phone lets this kind of device in. */
  readonly how: TextKey;
  readonly onIn: () => void;
}

/** Shows the number and its picture, and asks every few seconds, never faster than told, whether somebody has let us in. */
export function Joining({ kind, how, onIn }: JoiningProps) {
  const [standing, setStanding] = useState<Standing>({ kind: "asking" });
  const [round, setRound] = useState(0);
  const over = useRef(false);
  useAwake();

  useEffect(() => {
    over.current = false;
    let timer = 0;
    const poll = (waiting: Waiting, interval: number): void => {
      timer = window.setTimeout(() => void look(waiting, interval), interval * 1000);
    };
    const look = async (waiting: Waiting, interval: number): Promise<void> => {
      const became = await pollJoin(waiting.device_code).catch(() => "pending" as const);
      if (over.current) return;
      if (became === "in") {
        await becomeDevice();
        return onIn();
      }
      if (became === "pending" || became === "slow_down") return poll(waiting, became === "pending" ? interval : interval + 5);
      setStanding({ kind: became });
    };
    setStanding({ kind: "asking" });
    askToJoin(kind).then(
      (waiting) => {
        if (over.current) return;
        if (waiting === null) return setStanding({ kind: "failed" });
        setStanding({ kind: "waiting", waiting });
        poll(waiting, waiting.interval);
      },
      () => setStanding({ kind: "failed" }),
    );
    return () => {
      over.current = true;
      window.clearTimeout(timer);
    };
  }, [round]);

  return (
    <>
      {standing.kind === "asking" && <Skeleton lines={4} />}
      {standing.kind === "waiting" && <Shown waiting={standing.waiting} how={how} />}
      {(standing.kind === "denied" || standing.kind === "over" || standing.kind === "failed") && (
        <>
          <Notice kind="warn" title={tx(`register.end_${standing.kind}`)} spoken />
          <Button look="main" wide icon="renew" onPress={() => setRound(round + 1)}>
            {tx("register.again")}
          </Button>
        </>
      )}
    </>
  );
}

function Shown({ waiting, how }: { readonly waiting: Waiting; readonly how: TextKey }) {
  return (
    <>
      <p class="lead">{tx(how)}</p>
      <QrCode text={waiting.verification_uri_complete} label={t("register.qr")} />
      <p class="soft">{tx("register.or")}</p>
      <p class="let-in-code" aria-label={waiting.user_code.split("").join(" ")}>
        {waiting.user_code}
      </p>
      <p class="soft" role="status">
        {tx("register.waiting")}
      </p>
    </>
  );
}
