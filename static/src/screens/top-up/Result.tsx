import { Fragment } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { giveUpCardTopUp, lookAtCardTopUp, readCardTopUp, readVoucher } from "../../api/top-ups";
import type { CardTopUp, PremiumBought, Voucher } from "../../api/types";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Day } from "../../components/DateTime";
import { inFours } from "../../components/in-fours";
import { Money, yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { chime } from "../../components/sound";
import { Success } from "../../components/Success";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { mine, newestEntry } from "../../state/wallet";
import { offerName } from "../premium/words";
import { placeOf, refusedWords, WAITING, wordsOf } from "./words";

interface Watched {
  readonly topUp: CardTopUp | null;
  readonly arrived: boolean;
  readonly trouble: string | null;
  readonly show: (topUp: CardTopUp) => void;
  readonly load: () => Promise<void>;
}

/** This hook will ask the city how a top-up stands, and again whenever money arrives; arriving while somebody looks is felt. */
function useTopUp(id: string): Watched {
  const [topUp, setTopUp] = useState<CardTopUp | null>(null);
  const [arrived, setArrived] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const before = useRef<CardTopUp | null>(null);
  const show = (now: CardTopUp): void => {
    if (now.status === "paid" && before.current !== null && before.current.status !== "paid") {
      setArrived(true);
      chime();
    }
    before.current = now;
    setTopUp(now);
  };
  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      if (before.current === null) show(await readCardTopUp(id));
      if (before.current === null || WAITING.has(before.current.status)) show(await lookAtCardTopUp(id));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(), []);
  const touched = newestEntry.value?.direction === "in" ? newestEntry.value.id : null;
  useEffect(() => {
    if (touched !== null && before.current !== null && WAITING.has(before.current.status)) void load();
  }, [touched]);
  return { topUp, arrived, trouble, show, load };
}

const TITLE: Readonly<Record<CardTopUp["status"], TextKey>> = {
  started: "topup.is_open",
  open: "topup.is_open",
  waiting: "topup.is_waiting",
  ended: "topup.is_ended",
  paid: "topup.is_paid",
  returned: "topup.is_returned",
};

/** What has become of a top-up, and the one thing to do next. */
export default function Result({ values }: { readonly values: Values }) {
  const { topUp, arrived, trouble, show, load } = useTopUp(values.id ?? "");
  const title = topUp ? wordsOf(topUp, TITLE[topUp.status]) : "topup.title";
  return (
    <Page
      title={t(title)}
      heading={tx(title)}
      {...(arrived ? { headingHidden: true } : { back: topUp ? placeOf(topUp) : "/pay/top-up" })}
      foot={topUp && <Foot topUp={topUp} />}
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!topUp && !trouble && <Skeleton lines={4} />}
      {topUp && arrived && <Success title={tx(title)} said={t("topup.paid_said", { amount: topUp.amount + (topUp.premium?.bonus ?? 0) })} />}
      {topUp && <Facts topUp={topUp} />}
      {topUp?.status === "waiting" && <Numbers id={topUp.id} />}
      {topUp && WAITING.has(topUp.status) && <GiveUp topUp={topUp} show={show} />}
    </Page>
  );
}

function Foot({ topUp }: { readonly topUp: CardTopUp }) {
  if (topUp.status === "open" && topUp.url !== null) {
    const { url } = topUp;
    return (
      <Button look="main" wide onPress={() => window.location.assign(url)}>
        {tx(topUp.method === "card" ? "topup.back_to_card" : "topup.back_to_konbini")}
      </Button>
    );
  }
  if (topUp.status === "ended") {
    return (
      <ButtonLink look="main" wide href={placeOf(topUp)}>
        {tx(wordsOf(topUp, "topup.begin_again"))}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink look="main" wide href="/pay">
      {tx("checking.to_pay")}
    </ButtonLink>
  );
}

const SAYS: Readonly<Record<CardTopUp["status"], TextKey>> = {
  started: "topup.says_open",
  open: "topup.says_open",
  waiting: "topup.says_waiting",
  ended: "topup.says_ended",
  paid: "topup.says_paid",
  returned: "topup.says_returned",
};

function Facts({ topUp }: { readonly topUp: CardTopUp }) {
  return (
    <>
      {topUp.status === "open" && topUp.refused !== "" && <Notice kind="warn" title={tx(refusedWords(topUp.refused))} spoken />}
      <Card>
        <div class="receipt-head">
          <p class="receipt-shop">{topUp.premium ? offerName(topUp.premium) : tx(topUp.method === "card" ? "topup.card" : "topup.konbini")}</p>
          <Money amount={topUp.amount} size="xl" />
        </div>
        <dl class="facts">
          {topUp.premium && <Bought premium={topUp.premium} />}
          {WAITING.has(topUp.status) && (
            <>
              <dt>{tx("topup.until")}</dt>
              <dd>
                <DateTime at={topUp.pay_by} />
              </dd>
            </>
          )}
          <dt>{tx("topup.begun")}</dt>
          <dd>
            <DateTime at={topUp.started_at} />
          </dd>
          {topUp.receipt_number && (
            <>
              <dt>{tx("topup.number")}</dt>
              <dd class="receipt-number">{topUp.receipt_number}</dd>
            </>
          )}
          {topUp.refunded > 0 && (
            <>
              <dt>{tx("topup.given_back")}</dt>
              <dd>{yen(topUp.refunded)}</dd>
            </>
          )}
          {topUp.status === "paid" && mine.value && (
            <>
              <dt>{tx("home.balance")}</dt>
              <dd>{yen(mine.value.balance.available)}</dd>
            </>
          )}
        </dl>
      </Card>
      <p class="soft">{tx(wordsOf(topUp, SAYS[topUp.status]))}</p>
    </>
  );
}

/** How many units it is about, and what they give beside what is paid. */
function Bought({ premium }: { readonly premium: PremiumBought }) {
  return (
    <>
      <dt>{tx("premium.how_many_buy")}</dt>
      <dd>{tx("premium.units", { units: premium.units })}</dd>
      <dt>{tx("premium.bonus")}</dt>
      <dd>{yen(premium.bonus)}</dd>
      <dt>{tx("premium.bonus_ends")}</dt>
      <dd>
        <Day day={premium.bonus_last_day} />
      </dd>
    </>
  );
}

const STORES: Readonly<Record<string, string>> = {
  familymart: "ファミリーマート",
  lawson: "ローソン",
  ministop: "ミニストップ",
  seicomart: "セイコーマート",
};

/** What is typed or shown at the store. */
function Numbers({ id }: { readonly id: string }) {
  const [voucher, setVoucher] = useState<Voucher | null>(null);
  const deed = useDeed();
  useEffect(() => void deed.run(async () => setVoucher(await readVoucher(id))), []);
  if (deed.trouble) return <Notice kind="warn" title={deed.trouble} />;
  if (!voucher) return <Skeleton lines={3} />;
  return (
    <Card title={tx("topup.numbers")}>
      <dl class="facts">
        {voucher.numbers.map((each) => (
          <Fragment key={each.store}>
            <dt lang="ja">{STORES[each.store] ?? each.store}</dt>
            <dd>
              {tx("topup.payment_code")} <strong class="receipt-number">{inFours(each.payment_code)}</strong>
              <br />
              {tx("topup.confirmation")} <strong class="receipt-number">{inFours(each.confirmation_number)}</strong>
            </dd>
          </Fragment>
        ))}
      </dl>
      {voucher.url !== "" && (
        <p>
          <a class="link" href={voucher.url}>
            {tx("topup.voucher")}
          </a>
        </p>
      )}
    </Card>
  );
}

function GiveUp({ topUp, show }: { readonly topUp: CardTopUp; readonly show: (topUp: CardTopUp) => void }) {
  const deed = useDeed();
  return (
    <>
      {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
      <Button look="quiet" busy={deed.busy} onPress={() => void deed.run(async () => show(await giveUpCardTopUp(topUp.id)))}>
        {tx(wordsOf(topUp, "topup.give_up"))}
      </Button>
    </>
  );
}
