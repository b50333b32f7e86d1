import { ButtonLink } from "../../components/Button";
import { DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { holdIsOver, useHolds } from "./useHolds";

const MINUTE_MS = 60_000;

/** Amounts set aside for this shop, each waiting to be taken or given back. */
export default forShop(function Holds({ shop }) {
  const now = useNow(MINUTE_MS);
  const { holds, trouble, load } = useHolds(shop.id);
  const here = `/till/${shop.id}/holds`;
  return (
    <TillPage
      shop={shop}
      title={t("till.holds")}
      heading={tx("till.holds")}
      back={`/till/${shop.id}/more`}
      foot={
        <ButtonLink look="main" wide icon="plus" href={`${here}/new`}>
          {tx("till.hold_new")}
        </ButtonLink>
      }
    >
      {holds === null && (trouble === null ? <Skeleton lines={3} /> : <Trouble error={trouble} onAgain={load} />)}
      {holds?.length === 0 && (
        <EmptyState icon="hold" title={tx("till.holds_none")}>
          {tx("till.holds_none_how")}
        </EmptyState>
      )}
      {holds !== null && holds.length > 0 && (
        <List label={t("till.holds")}>
          {holds.map((hold) => (
            <Row
              key={hold.id}
              icon="hold"
              {...(holdIsOver(hold, now) ? { tone: "muted" as const } : {})}
              title={<Money amount={hold.amount} />}
              detail={
                holdIsOver(hold, now) ? tx("till.hold_over") : tx("till.hold_until", { time: <DateTime at={hold.expires_at} /> })
              }
              href={`${here}/${hold.id}`}
            />
          ))}
        </List>
      )}
    </TillPage>
  );
});
