import { useEffect, useState } from "preact/hooks";
import { myPayouts, namePayout, type PayoutNamed } from "../../api/merchants";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { faultsUnder } from "../merchant/faults";
import { NO_WISH, PayoutFields } from "../merchant/PayoutFields";
import { useFormDeed } from "../merchant/useFormDeed";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

const STATES = {
  waiting: "merchant.payout_waiting",
  verified: "merchant.payout_verified",
  returned: "merchant.payout_returned",
  replaced: "merchant.payout_replaced",
  refused: "merchant.payout_refused",
} as const;

/** Where the takings go: the account in force, the one that waits for the city, and the way to name another. */
export default forShop(function Payout({ shop }) {
  const [accounts, setAccounts] = useState<readonly PayoutNamed[] | null>(null);
  const [wish, setWish] = useState(NO_WISH);
  const { busy, trouble, setTrouble, run, faults } = useFormDeed((found) => faultsUnder("payout", found));
  const load = (): Promise<void> =>
    myPayouts().then(
      ({ results }) => setAccounts(results.filter((each) => each.organisation_id === shop.organisation_id && each.state !== "replaced")),
      (error: unknown) => setTrouble(problemText(error)),
    );
  useEffect(() => void load(), [shop.id]);
  const name = (): Promise<void> =>
    run(async () => {
      await namePayout(shop.organisation_id, wish);
      setWish(NO_WISH);
      toast(t("merchant.payout_named"));
      await load();
    });
  return (
    <TillPage
      shop={shop}
      title={t("merchant.payout")}
      heading={tx("merchant.payout")}
      back={`/till/${shop.id}/more`}
      foot={
        <Button look="main" wide busy={busy} onPress={() => void name()}>
          {tx("merchant.payout_name")}
        </Button>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!accounts && !trouble && <Skeleton lines={3} />}
      {accounts?.length === 0 && <p>{tx("merchant.payout_none")}</p>}
      {accounts?.map((each) => (
        <Card key={each.id} title={`${each.bank_name} ${each.branch_name} ${each.number}`}>
          <p>{tx(STATES[each.state])}</p>
          <p class="soft">
            <DateTime at={each.registered_at} show="day" />
          </p>
        </Card>
      ))}
      <h2 class="group-title">{tx("merchant.payout_new")}</h2>
      <p>{tx("merchant.payout_how")}</p>
      <PayoutFields wish={wish} onWish={setWish} faults={faults} />
    </TillPage>
  );
});
