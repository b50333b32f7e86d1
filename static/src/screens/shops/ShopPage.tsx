import { useEffect, useState } from "preact/hooks";
import type { Hours, OpenDay, TownShop } from "../../api/shops";
import { Page } from "../../app/Page";
import { go, type Values } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { language, t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { change } from "../go/state";
import { Door } from "./Door";
import { kindOf } from "./Shops";
import { loadTownShops, shops } from "./state";
import { WEEK } from "./week";

const MILLION = 1_000_000;

/** One shop: what it is, whether it is open, its hours, where it is and how to call it. */
export default function ShopPage({ values }: { readonly values: Values }) {
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    loadTownShops().catch(setTrouble);
  };
  useEffect(load, []);
  const shop = shops.value?.find((each) => each.id === values.id);
  const title = shop ? shopName(shop) : t("shops.title");
  return (
    <Page title={title} back="/pay/shops">
      {shop && <Facts shop={shop} />}
      {!shop && shops.value && <EmptyState icon="shop" title={tx("shops.gone")} />}
      {!shops.value && trouble !== null && (
        <Notice kind="warn" title={problemText(trouble)} spoken>
          <Button onPress={load}>{tx("again")}</Button>
        </Notice>
      )}
      {!shops.value && trouble === null && <Skeleton lines={5} />}
    </Page>
  );
}

function Facts({ shop }: { readonly shop: TownShop }) {
  const { details } = shop;
  const japanese = language.value.startsWith("ja");
  const address = japanese ? details.address : details.address_en || details.address;
  return (
    <>
      <Card>
        <p class="soft">{kindOf(shop)}</p>
        <p>
          <Door shop={shop} />
        </p>
        {address && (
          <dl class="facts">
            <dt>{tx("shops.address")}</dt>
            <dd>{address}</dd>
          </dl>
        )}
      </Card>
      {details.hours && <Week hours={details.hours} />}
      <List>
        {details.telephone && (
          <Row icon="call" title={tx("shops.call")} detail={details.telephone} href={`tel:${details.telephone}`} outside />
        )}
        {details.point && <Row icon="go" title={tx("shops.ride")} onPress={() => ride(shop)} />}
        {details.point && (
          <Row
            icon="go"
            title={tx("shops.way")}
            href={`geo:${details.point.latitude_e6 / MILLION},${details.point.longitude_e6 / MILLION}`}
            outside
          />
        )}
      </List>
    </>
  );
}

/** This function will make a shop the goal of getting about. */
function ride(shop: TownShop): void {
  const { point } = shop.details;
  if (point) change({ to: { name: shopName(shop), lat: point.latitude_e6 / MILLION, lon: point.longitude_e6 / MILLION } });
  go("/go");
}

function Week({ hours }: { readonly hours: Hours }) {
  return (
    <Card title={tx("shops.hours")}>
      <dl class="facts">
        {WEEK.map(([day, word]) => (
          <div key={day} class="facts-pair">
            <dt>{tx(word)}</dt>
            <dd>{written(hours, day)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function written(hours: Hours, day: OpenDay): string {
  const told = hours.spans.filter((span) => span.days.includes(day)).sort((a, b) => a.opens.localeCompare(b.opens));
  if (told.length > 0) return told.map(({ opens, closes }) => `${opens}–${closes}`).join("  ");
  if (day === "holiday" && hours.holidays === "as_usual") return t("shops.holiday_as_usual");
  return t("shops.day_off");
}
