import { useEffect, useState } from "preact/hooks";
import { demoCodes, proveByCode, sendProof } from "../../api/accounts";
import { proveByApp } from "../../api/allauth";
import { PasskeyCancelled, passkeysSupported, proveWithPasskey } from "../../api/passkeys";
import type { Way, WayName } from "../../api/step-up";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { me } from "../../state/session";
import { layDownCard } from "./card";

interface WaysProps {
  readonly ways: readonly Way[];
  /** The person has shown what was asked for. */
  readonly onShown: () => void;
  /** The person goes elsewhere: to set a way up, or to lay down their card. */
  readonly onLeave: (href: string | null) => void;
  /** Where the card comes back to, when that is not the page this stands on. */
  readonly next?: string;
}

const LOOKS: Readonly<Record<WayName, { readonly icon: IconName; readonly word: TextKey; readonly page?: string }>> = {
  passkey: { icon: "key", word: "stepup.passkey" },
  totp: { icon: "phone", word: "stepup.totp" },
  code: { icon: "mail", word: "stepup.code" },
  card: { icon: "safe", word: "stepup.card" },
  counter: { icon: "counter", word: "stepup.counter", page: "/me/id/counter" },
  upgrade: { icon: "person", word: "stepup.upgrade", page: "/me/id/upgrade" },
};

/** The ways to show more surely who one is: those at hand first, then those that are set up first. */
export function Ways({ ways, onShown, onLeave, next }: WaysProps) {
  const [typing, setTyping] = useState<"totp" | "code" | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const run = async (deed: () => Promise<unknown>, done: () => void): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      await deed();
      done();
    } catch (error) {
      setTrouble(error instanceof PasskeyCancelled ? t("passkey.cancelled") : problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const press = ({ way, set_up: setUp }: Way): void => {
    if (busy) return;
    const page = setUp ?? LOOKS[way].page;
    if (page !== undefined) return onLeave(page);
    if (way === "passkey") return void run(proveWithPasskey, onShown);
    if (way === "card") return void run(() => layDownCard("raise", next ?? null), () => onLeave(null));
    if (way === "code") return void run(sendProof, () => setTyping("code"));
    setTyping("totp");
  };
  const usable = ways.filter(({ way }) => way !== "passkey" || passkeysSupported());
  return (
    <>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {typing === null && (
        <List>
          {usable.map((way) => (
            <Row
              key={way.way}
              icon={LOOKS[way.way].icon}
              title={tx(LOOKS[way.way].word)}
              detail={way.set_up === null ? undefined : tx("stepup.set_up")}
              onPress={() => press(way)}
            />
          ))}
        </List>
      )}
      {typing !== null && (
        <TypeCode
          kind={typing}
          busy={busy}
          onCode={(code) => void run(() => (typing === "totp" ? proveByApp(code) : proveByCode(code)), onShown)}
        />
      )}
    </>
  );
}

interface TypeProps {
  readonly kind: "totp" | "code";
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
}

function TypeCode({ kind, busy, onCode }: TypeProps) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        if (!/^\d{6}$/.test(code.trim())) return setWrong(t("code.short"));
        setWrong(null);
        onCode(code.trim());
      }}
    >
      <Field
        label={tx(kind === "totp" ? "stepup.totp_label" : "code.label")}
        hint={tx(kind === "totp" ? "stepup.totp_hint" : "stepup.code_hint")}
        error={wrong}
        value={code}
        onValue={setCode}
        big
        input={{ name: "code", inputMode: "numeric", autoComplete: "one-time-code", maxLength: 6 }}
      />
      <DemoCode kind={kind} onCode={setCode} />
      <Button look="main" wide submit busy={busy}>
        {tx("stepup.show")}
      </Button>
    </form>
  );
}

const POLL_MS = 2_000;

/** In a demo town: what the person's own telephone would show. */
function DemoCode({ kind, onCode }: { readonly kind: "totp" | "code"; readonly onCode: (code: string) => void }) {
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    const mine = me.peek();
    const look = async (): Promise<void> => {
      try {
        const { codes } = await demoCodes();
        const found = codes.find(({ to, channel }) => (channel === "app") === (kind === "totp") && (to === mine?.email || to === mine?.phone));
        setCode(found?.code ?? null);
      } catch {
        setCode(null);
      }
    };
    void look();
    const timer = setInterval(() => void look(), POLL_MS);
    return () => clearInterval(timer);
  }, [kind]);
  if (code === null) return null;
  return (
    <Notice kind="info" title={tx("code.demo")}>
      <Button onPress={() => onCode(code)}>{tx("code.demo_fill", { code })}</Button>
    </Notice>
  );
}
