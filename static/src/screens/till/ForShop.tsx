import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { TillShop } from "../../api/types";
import type { Screen } from "../../app/lazy";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { loadShops, shops } from "./shops";
import { Trouble } from "./Trouble";

interface ShopScreenProps {
  readonly shop: TillShop;
  readonly values: Values;
}

/** This function will make a screen of one shop's till: it waits for the shop and shows nobody a till that is not theirs. */
export function forShop(Inside: ComponentType<ShopScreenProps>): Screen {
  return function ShopScreen({ values }) {
    useEffect(loadShops, []);
    const known = shops.value;
    if (known.kind === "loading") return <Skeleton lines={5} />;
    if (known.kind === "failed") {
      return (
        <Page title={t("till.title")} back="/">
          <Trouble title={tx("till.failed")} error={known.error} onAgain={loadShops} />
        </Page>
      );
    }
    const shop = known.shops.find((each) => each.id === values.shop);
    return shop ? <Inside shop={shop} values={values} /> : <NotYours />;
  };
}

function NotYours() {
  return (
    <Page title={t("till.title")} back="/">
      <EmptyState
        icon="till"
        title={tx("till.not_yours")}
        action={
          <ButtonLink look="main" href="/till?choose=1">
            {tx("till.choose_again")}
          </ButtonLink>
        }
      >
        {tx("till.not_yours_do")}
      </EmptyState>
    </Page>
  );
}
