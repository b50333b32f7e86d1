import { useEffect, useState } from "preact/hooks";
import { myShopCash, type ShopCash } from "../../api/settlements";
import { Card } from "../../components/Card";
import { Day } from "../../components/DateTime";
import { Money } from "../../components/Money";
import { t, tx } from "../../i18n";

const WAY_WORDS = { counter: "settle.cash_counter", bank: "settle.cash_bank" } as const;

/** The city's cash in this organisation's drawers: how much, what to do with it, and what the city has received. */
export function CashHeld({ organisation }: { readonly organisation: string }) {
  const [found, setFound] = useState<ShopCash | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const all = (await myShopCash()).results;
      setFound(all.find(({ organisation_id: id }) => id === organisation) ?? null);
    };
    void read().catch(() => undefined); // the periods below say when the city cannot be reached
  }, [organisation]);
  if (!found || (found.owed === 0 && found.received.length === 0)) return null;
  return (
    <Card title={tx("settle.cash_held")}>
      <p>
        <Money amount={found.owed} size="l" />
      </p>
      <p class="soft">{tx(found.owed > 0 ? "settle.cash_how" : "settle.cash_none")}</p>
      {found.received.length > 0 && (
        <>
          <h3 class="group-title">{tx("settle.cash_received")}</h3>
          <dl class="facts" aria-label={t("settle.cash_received")}>
            {found.received.map((each) => (
              <div key={each.id}>
                <dt>
                  <Day day={each.received_on} /> {tx(WAY_WORDS[each.way])}
                </dt>
                <dd>
                  <Money amount={each.amount} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Card>
  );
}
