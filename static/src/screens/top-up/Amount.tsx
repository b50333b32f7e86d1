import { useEffect, useState } from "preact/hooks";
import { beginCardTopUp, readTopUpWays } from "../../api/top-ups";
import { ProblemError } from "../../api/problems";
import type { CardMethod, TopUpWays } from "../../api/types";
import { Page } from "../../app/Page";
import { go, type Values } from "../../app/router";
import { amountOf } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { offlineSince } from "../../state/network";
import { coin, mine, startCoin } from "../../state/wallet";
import { leaveFor } from "./leave";
import { chips } from "./words";

const ABOUT_AMOUNT = new Set(["top_up_out_of_range", "limit_balance", "amount_invalid"]);

interface Starting {
  readonly busy: boolean;
  readonly wrong: string | null;
  readonly trouble: string | null;
  readonly forget: () => void;
  readonly start: () => Promise<void>;
}

function wrongAmount(amount: number, ways: TopUpWays | null): string | null {
  if (amount === 0) return t("problem.amount_required");
  if (ways && (amount < ways.least || amount > ways.most)) return t("topup.range", { least: ways.least, most: ways.most });
  const room = coin.value && mine.value ? coin.value.limits.balance - mine.value.balance.available - mine.value.balance.held : amount;
  return amount > room ? t("topup.room", { amount: Math.max(0, room) }) : null;
}

/** This hook will begin one top-up and leave for where it is paid. */
function useStart(method: CardMethod, amount: number, ways: TopUpWays | null): Starting {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    const known = wrongAmount(amount, ways);
    setTrouble(null);
    setWrong(known);
    if (known !== null) return;
    setBusy(true);
    try {
      const begun = await beginCardTopUp(amount, method);
      const asWanted = begun.amount === amount && begun.method === method && begun.url !== null;
      // An earlier try whose answer got lost comes first: its own page shows it, and lets it be given up.
      if (asWanted && begun.url !== null) return leaveFor(begun.url);
      go(`/pay/top-up/${begun.id}`, { replace: true });
    } catch (error) {
      const about = error instanceof ProblemError && ABOUT_AMOUNT.has(error.code);
      if (about && error.code === "top_up_out_of_range" && ways) setWrong(t("topup.range", { least: ways.least, most: ways.most }));
      else (about ? setWrong : setTrouble)(problemText(error));
    }
    setBusy(false);
  };
  return { busy, wrong, trouble, start, forget: () => setWrong(null) };
}

/** How much: a chip or one's own amount, and one button that says what happens next. */
export default function Amount({ values }: { readonly values: Values }) {
  const method: CardMethod = values.method === "konbini" ? "konbini" : "card";
  const [ways, setWays] = useState<TopUpWays | null>(null);
  const [digits, setDigits] = useState("");
  const amount = amountOf(digits);
  const starting = useStart(method, amount, ways);
  useEffect(() => {
    readTopUpWays().then(setWays, () => undefined);
    void startCoin().catch(() => undefined);
  }, []);
  const type = (next: string): void => {
    setDigits(next);
    starting.forget();
  };
  return (
    <Page
      title={t(method === "card" ? "topup.card" : "topup.konbini")}
      heading={tx(method === "card" ? "topup.card" : "topup.konbini")}
      back="/pay/top-up"
      foot={
        <Button look="main" wide busy={starting.busy} disabled={offlineSince.value !== null} onPress={() => void starting.start()}>
          {amount === 0 ? tx("topup.go_none") : tx(method === "card" ? "topup.go_card" : "topup.go_konbini", { amount })}
        </Button>
      }
    >
      <div class="chips" role="group" aria-label={t("topup.chips")}>
        {chips(ways?.least ?? 0, ways?.most ?? 0).map((chip) => (
          <Button key={chip} pressed={chip === amount} onPress={() => type(String(chip))}>
            {tx("money.yen", { amount: chip })}
          </Button>
        ))}
      </div>
      <AmountPad
        label={tx("topup.amount")}
        digits={digits}
        onDigits={type}
        onEnter={() => void starting.start()}
        error={starting.wrong}
        hint={mine.value && amount > 0 && tx("topup.after", { amount: mine.value.balance.available + amount })}
      />
      <p class="soft">{tx(method === "card" ? "topup.next_card" : "topup.next_konbini")}</p>
      {starting.trouble && <Notice kind="error" title={starting.trouble} spoken />}
      {offlineSince.value && <Notice kind="warn" title={tx("topup.offline")} spoken />}
    </Page>
  );
}
