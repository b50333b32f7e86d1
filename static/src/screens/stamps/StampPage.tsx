import { useEffect, useState } from "preact/hooks";
import { stampCards, takeStampReward, type StampCard } from "../../api/rewards";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Until } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { refresh } from "../../state/wallet";
import { couponName } from "../coupons/words";
import { StampBoard } from "./StampBoard";
import { cardGift, isOpen, waitsText } from "./words";

/** One stamp card: the board, what is missing, how a stamp is earned, and where. */
export default function StampPage({ values }: { readonly values: Values }) {
  const [card, setCard] = useState<StampCard | null | undefined>(undefined);
  const { busy, trouble, run } = useDeed();
  const load = async (): Promise<void> => setCard((await stampCards()).results.find(({ id }) => id === values.id) ?? null);
  useEffect(() => void run(load), []);
  const take = (): void =>
    void run(async () => {
      await takeStampReward(values.id ?? "");
      await Promise.all([load(), refresh()]);
    });
  return (
    <Page
      title={card ? couponName(card) : t("stamps.title")}
      heading={card ? couponName(card) : tx("stamps.title")}
      back="/pay/stamps"
      foot={
        card &&
        (card.waits ? (
          <Button look="main" wide icon="gift" busy={busy} onPress={take}>
            {tx("stamps.take")}
          </Button>
        ) : (
          isOpen(card, new Date()) && (
            <ButtonLink look="main" wide icon="scan" href="/pay/scan">
              {tx("stamps.pay")}
            </ButtonLink>
          )
        ))
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {card === undefined && !trouble && <Skeleton lines={5} />}
      {card === null && <EmptyState icon="gift" title={tx("stamps.gone")} />}
      {card && <Facts card={card} />}
    </Page>
  );
}

function Facts({ card }: { readonly card: StampCard }) {
  const isForGoods = card.products.length > 0;
  const done = new Set(card.distinct ? card.stamps.map(({ shop }) => shop) : []);
  return (
    <>
      {card.waits && <Notice kind="info" title={waitsText(card.waits)} />}
      {card.rewards > 0 && <Notice kind="done" title={tx("stamps.got", { count: card.rewards })} />}
      <Card>
        <StampBoard card={card} />
        <p class="lead">
          {isOpen(card, new Date()) ? tx("stamps.left", { left: card.size - card.stamps.length }) : tx("stamps.over")}
        </p>
        <dl class="facts">
          <dt>{tx("stamps.brings")}</dt>
          <dd>{cardGift(card)}</dd>
          <dt>{tx("stamps.how")}</dt>
          <dd>
            {isForGoods
              ? tx("stamps.from_goods", { goods: card.products.join(", "), amount: yen(card.minimum) })
              : tx("stamps.from", { amount: yen(card.minimum) })}
            {isForGoods && <div class="soft small">{tx("stamps.goods_how")}</div>}
            <div>{tx(card.distinct ? "stamps.distinct" : "stamps.same")}</div>
            <div>{tx("stamps.per_day", { count: card.per_day })}</div>
          </dd>
          <dt>{tx("coupons.when")}</dt>
          <dd>
            <DateTime at={card.starts_at} /> – <Until at={card.ends_at} />
          </dd>
          {card.per_person !== null && (
            <>
              <dt>{tx("coupons.each")}</dt>
              <dd>{tx("stamps.cards", { count: card.per_person })}</dd>
            </>
          )}
          {card.left !== null && (
            <>
              <dt>{tx("coupons.left")}</dt>
              <dd>{tx("coupons.pieces", { left: card.left })}</dd>
            </>
          )}
        </dl>
        <p class="soft small">{tx(isForGoods ? "stamps.back_goods" : "stamps.back")}</p>
      </Card>
      {card.stamps.length > 0 && (
        <>
          <h2 class="group-title">{tx("stamps.mine")}</h2>
          <List>
            {card.stamps.map((stamp) => (
              <Row
                key={`${stamp.at} ${stamp.shop}`}
                icon="check"
                title={shopName({ id: stamp.shop, name: stamp.shop_name, name_en: stamp.shop_name_en })}
                detail={<DateTime at={stamp.at} />}
              />
            ))}
          </List>
        </>
      )}
      <h2 class="group-title">{tx("coupons.where")}</h2>
      <List>
        {card.shops.length === 0 && <Row icon="shop" title={tx("stamps.anywhere")} href="/pay/shops" />}
        {card.shops.map((shop) => (
          <Row
            key={shop.id}
            icon={done.has(shop.id) ? "check" : "shop"}
            title={shopName(shop)}
            detail={done.has(shop.id) ? tx("stamps.done_here") : shop.district}
            href={`/pay/shops/${shop.id}`}
          />
        ))}
      </List>
    </>
  );
}
