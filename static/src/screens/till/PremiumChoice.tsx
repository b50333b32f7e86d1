import { useEffect, useState } from "preact/hooks";
import { readShopOffers, type Offer } from "../../api/premium";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Units } from "../../components/Units";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** What is sold with a bonus, and how many units; then the customer's code is read. */
export default forShop(function PremiumChoice({ shop }) {
  const [offers, setOffers] = useState<readonly Offer[] | null>(null);
  const [which, setWhich] = useState("");
  const [units, setUnits] = useState(1);
  const { trouble, run } = useDeed();
  useEffect(
    () =>
      void run(async () => {
        const found = await readShopOffers(shop.id);
        setOffers(found);
        setWhich(found[0]?.id ?? "");
      }),
    [shop.id],
  );
  const offer = offers?.find(({ id }) => id === which);
  const on = (): void => {
    if (offer) go(`/till/${shop.id}/premium/customer?premium=${offer.id}&units=${units}&amount=${units * offer.unit_yen}`);
  };
  return (
    <TillPage
      shop={shop}
      title={t("till.premium")}
      heading={tx("till.premium")}
      back={`/till/${shop.id}/more`}
      keys={{ onEnter: on }}
      foot={
        offer && (
          <Button look="main" wide icon="scan" onPress={on}>
            {tx("till.read")}
          </Button>
        )
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!offers && !trouble && <Skeleton lines={3} />}
      {offers?.length === 0 && <EmptyState icon="gift" title={tx("till.premium_none")} />}
      {offers && offers.length > 1 && (
        <Choice
          label={tx("till.premium_which")}
          layout="column"
          value={which}
          onValue={(value) => {
            setWhich(value);
            setUnits(1);
          }}
          options={offers.map((each) => ({ value: each.id, text: shopName(each) }))}
        />
      )}
      {offer && (
        <div class="till-ask">
          {offers?.length === 1 && <p class="lead">{shopName(offer)}</p>}
          <p>{tx("premium.gives", { paid: offer.unit_yen, whole: offer.unit_yen + offer.bonus })}</p>
          <Units label={tx("till.premium_how_many")} value={units} most={Math.min(offer.per_person, offer.left)} onValue={setUnits} />
          <Money amount={units * offer.unit_yen} size="xl" />
        </div>
      )}
    </TillPage>
  );
});
