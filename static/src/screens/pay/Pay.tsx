import { Page } from "../../app/Page";
import { BalanceView } from "../../components/BalanceView";
import { follow } from "../../components/Button";
import { Card } from "../../components/Card";
import { Day } from "../../components/DateTime";
import { Frozen } from "../../components/Frozen";
import { Icon, type IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { t, tx, type TextKey } from "../../i18n";
import { daysBetween, jstDay } from "../../i18n/dates";
import { shownBalance } from "../../state/wallet";

/** Scan and my code, half and half; the balance under them, and until when it can be spent. */
export default function Pay() {
  return (
    <Page title={t("pay.title")} heading={tx("pay.title")}>
      <Frozen />
      <div class="halves">
        <Half href="/pay/scan" icon="scan" word="pay.scan" how="pay.scan_how" main />
        <Half href="/pay/code" icon="code" word="pay.code" how="pay.code_how" />
      </div>
      <Card>
        <BalanceView />
        <Lots />
      </Card>
      <List>
        <Row icon="plus" title={tx("pay.top_up")} href="/pay/top-up" />
        <Row icon="send" title={tx("pay.send")} href="/pay/send" />
        <Row icon="code" title={tx("pay.receive")} href="/pay/receive" />
        <Row icon="receipt" title={tx("pay.requests")} href="/pay/requests" />
        <Row icon="gift" title={tx("premium.title")} href="/pay/premium" />
        <Row icon="gift" title={tx("coupons.title")} href="/pay/coupons" />
        <Row icon="check" title={tx("stamps.title")} href="/pay/stamps" />
        <Row icon="family" title={tx("referral.title")} href="/pay/referral" />
        <Row icon="history" title={tx("pay.history")} href="/pay/history" />
        <Row icon="receipt" title={tx("papers.title")} href="/pay/statements" />
        <Row icon="leave" title={tx("payout.title")} detail={tx("payout.row")} href="/pay/payout" />
        <Row icon="shop" title={tx("shops.title")} detail={tx("shops.row")} href="/pay/shops" />
      </List>
    </Page>
  );
}

interface HalfProps {
  readonly href: string;
  readonly icon: IconName;
  readonly word: TextKey;
  readonly how: TextKey;
  readonly main?: boolean;
}

function Half({ href, icon, word, how, main }: HalfProps) {
  return (
    <a class={`half${main ? " half-main" : ""}`} href={href} onClick={(event) => follow(event, href)}>
      <Icon name={icon} size="xl" />
      <span class="half-word">{tx(word)}</span>
      <span class="half-how">{tx(how)}</span>
    </a>
  );
}

/** Lots ending within this many days carry a word of warning. */
const SOON_DAYS = 14;
const SHOWN = 4;

function Lots() {
  const shown = shownBalance();
  if (!shown || shown.balance.lots.length === 0) return null;
  const today = jstDay(new Date());
  return (
    <div class="lots">
      <h2 class="group-title">{tx("pay.lots")}</h2>
      <ul class="stack">
        {shown.balance.lots.slice(0, SHOWN).map((lot) => (
          <li key={`${lot.kind} ${lot.expires_on}`} class="lot">
            <Icon name={lot.kind === "bonus" ? "gift" : "clock"} size="s" />
            <span class="row-main">
              <span class="row-text">
                <span>{tx("pay.lot", { day: <Day day={lot.expires_on} /> })}</span>
                <span class="row-detail">
                  {tx(lot.kind === "bonus" ? "pay.lot_bonus" : "pay.lot_paid")}
                  {daysBetween(today, lot.expires_on) <= SOON_DAYS && <strong class="soon">{tx("pay.lot_soon")}</strong>}
                </span>
              </span>
              <Money amount={lot.remaining} size="m" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
