import { useEffect, useState } from "preact/hooks";
import { whose } from "../../api/acting";
import type { CustomerCode, Entry } from "../../api/types";
import { newCustomerCode } from "../../api/wallet";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { clockText, secondsLeft } from "../../components/time-left";
import { Countdown } from "../../components/Countdown";
import { useNow } from "../../components/DateTime";
import { inFours } from "../../components/in-fours";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { entryShop } from "../../i18n/shop-name";
import { problemText } from "../../i18n/problem-text";
import { recall, remember } from "../../offline/memory";
import { onBack, offlineSince } from "../../state/network";
import { newestEntry } from "../../state/wallet";
import { useAwake } from "./awake";

const LIFE_SECONDS = 300;

/** What a shop can do with the code, said the moment it happens. */
const DEEDS: Readonly<Partial<Record<Entry["kind"], TextKey>>> = {
  payment: "mycode.paid",
  top_up: "mycode.topped_up",
  hold: "mycode.held",
};

export default function MyCode() {
  const [before, setBefore] = useState(newestEntry.peek()?.id ?? null);
  const newest = newestEntry.value;
  const deed = newest && newest.id !== before ? DEEDS[newest.kind] : undefined;
  return newest && deed ? <Done entry={newest} deed={deed} onAgain={() => setBefore(newest.id)} /> : <Show />;
}

function Show() {
  const [code, setCode] = useState<CustomerCode | null>(() => (whose() === null ? (recall()?.code ?? null) : null));
  const [fresh, setFresh] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const now = useNow();
  const seconds = code ? Math.min(LIFE_SECONDS, secondsLeft(code.expires_at, now)) : 0;
  const offline = offlineSince.value !== null;
  useAwake();

  const renew = async (told: boolean): Promise<void> => {
    const person = whose();
    try {
      const made = await newCustomerCode();
      setCode(made);
      setFresh(true);
      setTrouble(null);
      if (person === null) remember({ code: made });
      if (told) toast(t("mycode.renewed"));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => {
    void renew(false);
    return onBack(() => void renew(false));
  }, []);
  useEffect(() => {
    if (fresh && seconds === 0 && document.visibilityState === "visible") void renew(false);
  }, [fresh, seconds === 0]);

  const usable = code !== null && seconds > 0 && (fresh || trouble !== null || offline);
  return (
    <Page
      title={t("mycode.title")}
      heading={tx("mycode.title")}
      back="/pay"
      foot={
        !offline && (
          <Button wide icon="renew" onPress={() => void renew(true)}>
            {tx("mycode.renew")}
          </Button>
        )
      }
    >
      {offline && <Notice kind="warn" title={tx(usable ? "mycode.offline" : "mycode.offline_over")} spoken />}
      {!offline && trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void renew(false)}>{tx("again")}</Button>
        </Notice>
      )}
      {usable ? (
        <div class="mycode">
          <p class="lead">{tx("mycode.show")}</p>
          <QrCode text={code.code} label={t("mycode.picture")} />
          <Countdown seconds={seconds} whole={LIFE_SECONDS}>
            {tx("mycode.left", { time: clockText(seconds) })}
          </Countdown>
          <Spelled code={code} />
          <p class="soft small">{tx("mycode.bright")}</p>
        </div>
      ) : (
        !trouble && !offline && <Skeleton lines={4} />
      )}
    </Page>
  );
}

function Spelled({ code }: { readonly code: CustomerCode }) {
  return (
    <details class="qr-twin">
      <summary>{tx("mycode.number")}</summary>
      <p class="qr-letters qr-number">{inFours(code.number)}</p>
    </details>
  );
}

interface DoneProps {
  readonly entry: Entry;
  readonly deed: TextKey;
  readonly onAgain: () => void;
}

function Done({ entry, deed, onAgain }: DoneProps) {
  useEffect(() => chime(), [entry.id]);
  const shop = entryShop(entry) ?? t("entry.some_shop");
  return (
    <Page
      title={t(deed)}
      headingHidden
      foot={
        <>
          <ButtonLink look="main" wide href="/">
            {tx("receipt.home")}
          </ButtonLink>
          <Button wide onPress={onAgain}>
            {tx("mycode.again")}
          </Button>
        </>
      }
    >
      <Success title={tx(deed)} said={t("mycode.done_said", { what: t(deed), amount: entry.amount, shop })}>
        <Money amount={entry.amount} size="xl" />
        <p class="receipt-shop">{entryShop(entry)}</p>
        {entry.payment_id && (
          <ButtonLink look="quiet" href={`/pay/receipts/${entry.payment_id}`}>
            {tx("mycode.receipt")}
          </ButtonLink>
        )}
      </Success>
    </Page>
  );
}
