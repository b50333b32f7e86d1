import { useEffect, useState } from "preact/hooks";
import { stampCards, type StampCard } from "../../api/rewards";
import { Page } from "../../app/Page";
import { Button, follow } from "../../components/Button";
import { Until } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { couponName } from "../coupons/words";
import { StampBoard } from "./StampBoard";
import { cardGift, isOpen } from "./words";

/** My stamp cards: how full each is, what it brings and until when. */
export default function Stamps() {
  const [cards, setCards] = useState<readonly StampCard[] | null>(null);
  const { trouble, run } = useDeed();
  const load = (): void => void run(async () => setCards((await stampCards()).results));
  useEffect(load, []);
  return (
    <Page title={t("stamps.title")} heading={tx("stamps.title")} back="/pay">
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={load}>{tx("again")}</Button>
        </Notice>
      )}
      {!cards && !trouble && <Skeleton lines={5} />}
      {cards?.length === 0 && (
        <EmptyState icon="gift" title={tx("stamps.none")}>
          <p>{tx("stamps.none_how")}</p>
        </EmptyState>
      )}
      {cards && cards.length > 0 && (
        <ul class="stack stamp-cards">
          {cards.map((card) => (
            <li key={card.id}>
              <StampTile card={card} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function StampTile({ card }: { readonly card: StampCard }) {
  const href = `/pay/stamps/${card.id}`;
  const left = card.size - card.stamps.length;
  return (
    <a class="card stamp-tile" href={href} onClick={(event) => follow(event, href)}>
      <span class="card-title">{couponName(card)}</span>
      <StampBoard card={card} />
      <span class="stamp-left">{isOpen(card, new Date()) ? tx("stamps.left", { left }) : tx("stamps.over")}</span>
      <span class="soft small">
        {cardGift(card)} · {tx("coupons.until", { day: <Until at={card.ends_at} /> })}
      </span>
      {card.waits && <span class="soon">{tx("stamps.waiting")}</span>}
    </a>
  );
}
