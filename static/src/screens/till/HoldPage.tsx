import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ProblemError } from "../../api/problems";
import type { Hold, Receipt, TillShop } from "../../api/types";
import { captureHold, releaseHold } from "../../api/wallet";
import { amountOf, press as pressed } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { AskSheet } from "./AskSheet";
import { Checking } from "./Checking";
import type { Deed } from "./deed";
import { DeedDone } from "./DeedDone";
import { firstReplaces } from "./draft";
import { forShop } from "./ForShop";
import { arrivals, enter } from "./live";
import { amountInDoubt, NAMES } from "./money-deeds";
import { Paid } from "./Paid";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";
import { holdIsOver, useHold } from "./useHolds";
import { ring } from "./voice";

const MINUTE_MS = 60_000;

export default forShop(function HoldPage({ shop, values }) {
  const { hold, gone, trouble, load } = useHold(values.id ?? "");
  if (hold) return <Open shop={shop} hold={hold} />;
  return (
    <TillPage shop={shop} title={t("till.holds")} heading={tx("till.holds")} back={`/till/${shop.id}/holds`}>
      {!gone && (trouble === null ? <Skeleton lines={4} /> : <Trouble error={trouble} onAgain={load} />)}
      {gone && (
        <EmptyState
          icon="hold"
          title={tx("till.hold_gone")}
          action={<ButtonLink href={`/till/${shop.id}/holds`}>{tx("till.holds")}</ButtonLink>}
        />
      )}
    </TillPage>
  );
});

const closed = (deed: Deed<unknown>): boolean =>
  deed.kind === "refused" && deed.error instanceof ProblemError && deed.error.code === "hold_not_open";

/** Take what it came to, or give all of it back. */
function Open({ shop, hold }: HoldProps) {
  const [taken, setTaken] = useState(() => amountInDoubt(NAMES.capture(hold.id)) ?? 0);
  const capture = useDeed<Receipt>(NAMES.capture(hold.id), (receipt) => {
    arrivals.own(receipt.id);
    enter([receipt]);
    ring();
  });
  const release = useDeed<Hold>(NAMES.release(hold.id), ring);
  const deeds = [capture.deed, release.deed];
  const ended = deeds.some((deed) => deed.kind === "done");
  const gone = deeds.some(closed);
  useEffect(() => (ended ? undefined : arrivals.hold()), [ended]);

  if (capture.deed.kind === "done") {
    const { amount, id } = capture.deed.answer;
    return <Paid shop={shop} amount={amount} receiptId={id} />;
  }
  if (release.deed.kind === "done") {
    const done = { amount: hold.amount };
    return <DeedDone shop={shop} title={tx("till.released", done)} said={t("till.released", done)} />;
  }
  for (const { deed, check } of [capture, release]) {
    if (deed.kind === "checking" || deed.kind === "stranger") {
      return <Checking shop={shop} deed={deed} amount={deed === capture.deed ? taken : hold.amount} onCheck={check} />;
    }
  }
  return (
    <Choose
      shop={shop}
      hold={hold}
      refused={deeds.find((deed) => deed.kind === "refused") ?? null}
      busy={deeds.some((deed) => deed.kind === "sending")}
      gone={gone}
      onCapture={(amount) => {
        setTaken(amount);
        capture.press(() => captureHold(hold.id, amount));
      }}
      onRelease={() => release.press(() => releaseHold(hold.id))}
    />
  );
}

interface HoldProps {
  readonly shop: TillShop;
  readonly hold: Hold;
}

interface ChooseProps extends HoldProps {
  readonly refused: Extract<Deed<unknown>, { kind: "refused" }> | null;
  readonly busy: boolean;
  readonly gone: boolean;
  readonly onCapture: (amount: number) => void;
  readonly onRelease: () => void;
}

function Choose({ shop, hold, refused, busy, gone, onCapture, onRelease }: ChooseProps) {
  const whole = String(hold.amount);
  const late = holdIsOver(hold, useNow(MINUTE_MS));
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [asking, setAsking] = useState<"capture" | "release" | null>(null);
  const digits = typed ?? whole;
  const amount = amountOf(digits);
  const tooMuch = amount > hold.amount ? t("till.over_hold") : null;
  const over = late || gone;
  const type = (next: string): void => {
    setTyped(typed === null ? firstReplaces(whole, next) : next);
    setWrong(null);
  };
  const ask = (): void => {
    if (amount === 0) setWrong(t("problem.amount_required"));
    else if (tooMuch === null && !busy) setAsking("capture");
  };
  return (
    <TillPage
      shop={shop}
      title={t("till.holds")}
      heading={tx("till.holds")}
      back={`/till/${shop.id}/holds`}
      {...(over ? {} : { keys: { onPad: (key) => type(pressed(digits, key)), onEnter: ask } })}
    >
      {refused && (
        <Trouble error={refused.error}>
          <p>{tx("till.refused_still")}</p>
        </Trouble>
      )}
      {late && !refused && <Notice kind="info" title={tx("till.hold_over")} />}
      {!over && (
        <div class="till-desk">
          <p class="soft till-center">{tx("till.hold_until", { time: <DateTime at={hold.expires_at} /> })}</p>
          <AmountPad
            label={tx("till.capture_amount")}
            digits={digits}
            onDigits={type}
            onEnter={ask}
            error={wrong ?? tooMuch}
            hint={restOf(hold, amount)}
          />
          <div class="till-deeds">
            <Button look="main" wide busy={busy} onPress={ask}>
              {amount > 0 ? tx("till.take_press", { amount }) : tx("till.take_empty")}
            </Button>
            <Button wide icon="undo" disabled={busy} onPress={() => setAsking("release")}>
              {tx("till.release")}
            </Button>
          </div>
        </div>
      )}
      <AskSheet
        open={asking === "capture"}
        onClose={() => setAsking(null)}
        title={tx("till.capture_ask", { amount })}
        warning={restOf(hold, amount)}
        deed={tx("till.take_press", { amount })}
        onDeed={() => {
          setAsking(null);
          onCapture(amount);
        }}
      />
      <AskSheet
        open={asking === "release"}
        onClose={() => setAsking(null)}
        title={tx("till.release_ask", { amount: hold.amount })}
        warning={tx("till.release_warn")}
        deed={tx("till.release_press", { amount: hold.amount })}
        onDeed={() => {
          setAsking(null);
          onRelease();
        }}
      />
    </TillPage>
  );
}

/** What happens with the part that is not taken. */
function restOf(hold: Hold, amount: number): ComponentChildren {
  return amount < hold.amount
    ? tx("till.capture_rest", { amount: hold.amount - amount })
    : tx("till.capture_most", { amount: hold.amount });
}
