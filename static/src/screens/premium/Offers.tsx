import { useEffect, useState } from "preact/hooks";
import { readOffers, type Offer } from "../../api/premium";
import { Page } from "../../app/Page";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { offerName, STATES } from "./words";

/** What the city sells with a bonus, and what of it is for me. */
export default function Offers() {
  const [offers, setOffers] = useState<readonly Offer[] | null>(null);
  const { trouble, run } = useDeed();
  useEffect(() => void run(async () => setOffers(await readOffers())), []);
  return (
    <Page title={t("premium.title")} heading={tx("premium.title")} back="/pay">
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!offers && !trouble && <Skeleton lines={3} />}
      {offers?.length === 0 && (
        <EmptyState icon="gift" title={tx("premium.none")}>
          {tx("premium.none_how")}
        </EmptyState>
      )}
      {offers && offers.length > 0 && (
        <List>
          {offers.map((offer) => (
            <Row
              key={offer.id}
              icon="gift"
              title={offerName(offer)}
              detail={
                <>
                  {tx("premium.gives", { paid: offer.unit_yen, whole: offer.unit_yen + offer.bonus })} · {tx(STATES[offer.state])}
                </>
              }
              href={`/pay/premium/${offer.id}`}
            />
          ))}
        </List>
      )}
    </Page>
  );
}
