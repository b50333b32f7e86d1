import { useEffect, useState } from "preact/hooks";
import { go } from "../../app/router";
import { amountOf, press } from "../../components/amount";
import { AmountPad } from "../../components/AmountPad";
import { Button, ButtonLink, follow } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { offlineSince, onBack } from "../../state/network";
import { coin, startCoin } from "../../state/wallet";
import { draft } from "./draft";
import { forShop } from "./ForShop";
import { news } from "./live";
import { doubts, newCharge } from "./money-deeds";
import { may, keepLastShop } from "./shops";
import { SoundIcon } from "./SoundIcon";
import { TillPage } from "./TillPage";
import { TodayLine } from "./TodayLine";
import { Trouble } from "./Trouble";
import { setSound, soundOn, touched } from "./voice";

/** One amount, one big button. */
export default forShop(function Desk({ shop }) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const digits = draft.value;
  const amount = amountOf(digits);
  const most = coin.value?.limits.per_payment;
  const over = most !== undefined && amount > most ? t("till.over_limit", { limit: most }) : null;
  const home = `/till/${shop.id}`;
  const offline = offlineSince.value !== null;

  useEffect(() => {
    keepLastShop(shop.id);
    startCoin().catch(() => undefined);
    return onBack(() => setTrouble(null));
  }, [shop.id]);

  const type = (next: string): void => {
    draft.value = next;
    setWrong(null);
    setTrouble(null);
  };
  const ready = (): boolean => {
    if (amount === 0) setWrong(t("problem.amount_required"));
    return amount > 0 && over === null && !busy && !offline;
  };
  const show = async (): Promise<void> => {
    if (!ready()) return;
    setBusy(true);
    setTrouble(null);
    try {
      const charge = await newCharge(shop.id, amount);
      news.value = null;
      go(`${home}/charges/${charge.id}`, { given: { charge } });
    } catch (error) {
      setTrouble(error);
      setBusy(false);
    }
  };
  const read = (): void => {
    if (!ready()) return;
    news.value = null;
    go(`${home}/take?amount=${amount}`);
  };

  return (
    <TillPage
      shop={shop}
      title={shopName(shop)}
      end={<DeskTools home={home} />}
      keys={{
        onPad: (key) => type(press(digits, key)),
        onEnter: () => void show(),
        onEscape: () => type(""),
      }}
    >
      <Doubts home={home} />
      {offline && <Notice kind="warn" title={tx("till.offline")} spoken />}
      {!offline && trouble !== null && <Trouble error={trouble} />}
      {soundOn.value && !touched.value && <p class="soft">{tx("till.touch_for_sound")}</p>}
      {may(shop, "charge") && shop.is_open !== false ? (
        <div class="till-desk">
          <TodayLine shop={shop} />
          <AmountPad
            label={tx("till.amount")}
            digits={digits}
            onDigits={type}
            onEnter={() => void show()}
            error={wrong ?? over}
          />
          <div class="till-deeds">
            <Button look="main" wide icon="code" busy={busy} disabled={offline} onPress={() => void show()}>
              {amount > 0 ? tx("till.show", { amount }) : tx("till.show_empty")}
            </Button>
            <Button wide icon="scan" disabled={offline} onPress={read}>
              {tx("till.read")}
            </Button>
            <ButtonLink wide icon="receipt" href={`${home}/orders/new`}>
              {tx("till.bill")}
            </ButtonLink>
          </div>
        </div>
      ) : (
        <>
          <TodayLine shop={shop} />
          <Notice kind="info" title={tx(shop.is_open === false ? "till.closed" : "problem.not_allowed")} />
        </>
      )}
    </TillPage>
  );
});

function DeskTools({ home }: { readonly home: string }) {
  const on = soundOn.value;
  return (
    <div class="till-tools">
      <button
        type="button"
        class="icon-button"
        aria-label={t("till.sound")}
        aria-pressed={on}
        onClick={() => {
          setSound(!on);
          toast(t(on ? "till.sound_now_off" : "till.sound_now_on"));
        }}
      >
        <SoundIcon on={on} />
      </button>
      <a class="button button-quiet till-more" href={`${home}/more`} onClick={(event) => follow(event, `${home}/more`)}>
        <Icon name="more" />
        <span>{tx("till.more")}</span>
      </a>
    </div>
  );
}

/** What was sent and never answered comes first: the next customer can wait a moment, a doubt about money cannot. */
function Doubts({ home }: { readonly home: string }) {
  return (
    <>
      {doubts().map(({ name, amount, at }) => (
        <Notice key={name} kind="warn" title={tx("till.doubt")}>
          {amount !== null && <p>{tx("till.doubt_money", { amount })}</p>}
          <ButtonLink href={`${home}/${at}`}>{tx("till.checking_now")}</ButtonLink>
        </Notice>
      ))}
    </>
  );
}
