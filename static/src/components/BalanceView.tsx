import { t, tx } from "../i18n";
import { problemText } from "../i18n/problem-text";
import { refresh, shownBalance, walletTrouble } from "../state/wallet";
import { Button } from "./Button";
import { DateTime } from "./DateTime";
import { Money } from "./Money";
import { Notice } from "./Notice";
import { Skeleton } from "./Waiting";

/** The balance, large; with the time it was true when it is a remembered one. */
export function BalanceView() {
  const shown = shownBalance();
  if (!shown && walletTrouble.value !== null) {
    return (
      <Notice kind="warn" title={problemText(walletTrouble.value)} spoken>
        <Button onPress={() => void refresh()}>{tx("again")}</Button>
      </Notice>
    );
  }
  if (!shown) return <Skeleton lines={1} />;
  return (
    <div class="balance">
      <p class="balance-label">{tx("home.balance")}</p>
      <p class="balance-amount" aria-live="polite">
        <Money amount={shown.balance.available} size="xl" />
      </p>
      {shown.balance.held > 0 && <p class="soft">{t("pay.held", { amount: shown.balance.held })}</p>}
      {shown.at && <p class="soft">{tx("home.balance_as_of", { time: <DateTime at={shown.at} /> })}</p>}
    </div>
  );
}
