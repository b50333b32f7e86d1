import { useEffect, useState } from "preact/hooks";
import { setRunning, shopCoupons, shopStampCards, type ShopCoupon, type StampCard } from "../../api/rewards";
import { Button, ButtonLink } from "../../components/Button";
import { Until } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { benefitText, couponName } from "../coupons/words";
import { cardGift } from "../stamps/words";
import { forShop } from "../till/ForShop";
import { TillPage } from "../till/TillPage";
import { Trouble } from "../till/Trouble";

interface Found {
  readonly coupons: readonly ShopCoupon[];
  readonly cards: readonly StampCard[];
}

/** What the shop itself offers: coupons and stamp cards, each to be stopped or to go on, and the doors to make one. */
export default forShop(function ShopCampaigns({ shop }) {
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      const [coupons, cards] = await Promise.all([shopCoupons(shop.id), shopStampCards(shop.id)]);
      const now = new Date();
      setFound({ coupons: coupons.results.filter(runs(now)), cards: cards.results.filter(runs(now)) });
    } catch (error) {
      setTrouble(error);
    }
  };
  useEffect(() => void load(), [shop.id]);
  const set = async (what: "coupons" | "stamp_cards", id: string, on: boolean): Promise<void> => {
    try {
      await setRunning(shop.id, what, id, on);
      await load();
    } catch (error) {
      setTrouble(error);
    }
  };
  const home = `/till/${shop.id}`;
  return (
    <TillPage
      shop={shop}
      title={t("campaigns.title")}
      heading={tx("campaigns.title")}
      back={`${home}/more`}
      foot={
        <>
          <ButtonLink look="main" wide icon="plus" href={`${home}/campaigns/new/coupon`}>
            {tx("campaigns.new_coupon")}
          </ButtonLink>
          <ButtonLink wide icon="plus" href={`${home}/campaigns/new/stamps`}>
            {tx("campaigns.new_card")}
          </ButtonLink>
        </>
      }
    >
      {trouble !== null && <Trouble error={trouble} onAgain={() => void load()} />}
      {found === null && trouble === null && <Skeleton lines={5} />}
      {found?.coupons.length === 0 && found.cards.length === 0 && (
        <EmptyState icon="gift" title={tx("campaigns.none")}>
          {tx("campaigns.none_how")}
        </EmptyState>
      )}
      {found && (
        <List>
          {found.coupons.map((coupon) => (
            <Running
              key={coupon.id}
              name={couponName(coupon)}
              brings={benefitText(coupon.benefit)}
              ends={coupon.ends_at}
              isPaused={coupon.why === "paused"}
              onSet={(on) => void set("coupons", coupon.id, on)}
            />
          ))}
          {found.cards.map((card) => (
            <Running
              key={card.id}
              name={couponName(card)}
              brings={cardText(card)}
              ends={card.ends_at}
              isPaused={card.is_paused}
              onSet={(on) => void set("stamp_cards", card.id, on)}
            />
          ))}
        </List>
      )}
    </TillPage>
  );
});

function cardText(card: StampCard): string {
  const brings = t("campaigns.card", { size: card.size, gift: cardGift(card) });
  return card.products.length === 0 ? brings : `${brings} · ${t("campaigns.card_goods", { goods: card.products.join(", ") })}`;
}

const runs =
  (now: Date) =>
  ({ ends_at }: { readonly ends_at: string }): boolean =>
    new Date(ends_at) > now;

interface RunningProps {
  readonly name: string;
  readonly brings: string;
  readonly ends: string;
  readonly isPaused: boolean;
  readonly onSet: (on: boolean) => void;
}

function Running({ name, brings, ends, isPaused, onSet }: RunningProps) {
  return (
    <Row
      icon="gift"
      title={name}
      detail={
        <>
          {brings} · {isPaused ? tx("campaigns.stopped") : tx("coupons.until", { day: <Until at={ends} /> })}
        </>
      }
      end={<Button onPress={() => onSet(isPaused)}>{tx(isPaused ? "campaigns.go_on" : "campaigns.stop")}</Button>}
    />
  );
}
