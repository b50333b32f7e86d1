import { useEffect } from "preact/hooks";
import type { TillShop } from "../../api/types";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { keepLastShop, lastShop, loadShops, obviousShop, shops } from "./shops";
import { RegisterLink } from "./RegisterLink";
import { Trouble } from "./Trouble";
import { useKeys } from "./keys";

/** Which till? Asked only when there is something to choose. */
export default function Shops() {
  const known = shops.value;
  const choosing = place.value.query.get("choose") === "1";
  const obvious = known.kind === "known" && !choosing ? obviousShop(known.shops, lastShop()) : null;
  useEffect(loadShops, []);
  useEffect(() => {
    if (obvious) go(`/till/${obvious.id}`, { replace: true });
  }, [obvious]);
  useKeys({ onEscape: () => go("/") });

  if (known.kind === "loading" || obvious) return <Skeleton lines={4} />;
  if (known.kind === "failed") {
    return (
      <Page title={t("till.title")} heading={tx("till.title")} back="/">
        <Trouble title={tx("till.failed")} error={known.error} onAgain={loadShops} />
      </Page>
    );
  }
  return known.shops.length === 0 ? <NoShop /> : <Choose shops={known.shops} />;
}

function Choose({ shops: mine }: { readonly shops: readonly TillShop[] }) {
  const last = lastShop();
  return (
    <Page title={t("till.choose")} heading={tx("till.choose")} back="/">
      <List label={t("till.choose")}>
        {mine.map((shop) => (
          <Row
            key={shop.id}
            icon="shop"
            title={shopName(shop)}
            {...(shop.id === last ? { selected: true } : {})}
            onPress={() => {
              keepLastShop(shop.id);
              go(`/till/${shop.id}`);
            }}
          />
        ))}
      </List>
    </Page>
  );
}

function NoShop() {
  return (
    <Page title={t("till.title")} heading={tx("till.title")} back="/">
      <EmptyState
        icon="till"
        title={tx("till.none")}
        action={
          <ButtonLink look="main" href="/">
            {tx("missing.home")}
          </ButtonLink>
        }
      >
        <p>{tx("till.none_what")}</p>
        <p>{tx("till.none_do")}</p>
      </EmptyState>
      <List>
        <Row icon="shop" title={tx("merchant.title")} detail={tx("merchant.row")} href="/merchant" />
      </List>
      <RegisterLink />
    </Page>
  );
}
