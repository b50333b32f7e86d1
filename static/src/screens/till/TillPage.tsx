import type { ComponentChildren } from "preact";
import type { TillShop } from "../../api/types";
import { Page } from "../../app/Page";
import { back } from "../../app/router";
import { Link } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { Icon } from "../../components/Icon";
import { t, tx } from "../../i18n";
import { useAwake } from "../pay/awake";
import { news } from "./live";
import { useKeys, type Keys } from "./keys";

interface TillPageProps {
  readonly shop: TillShop;
  readonly title: string;
  readonly heading?: ComponentChildren;
  readonly headingHidden?: boolean;
  /** Where back leads when there is no page before this one; Escape goes there too. */
  readonly back?: string;
  readonly end?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly keys?: Keys;
  readonly children: ComponentChildren;
}

/** One screen of the till: lit as long as it is open, news of payments above everything, the keyboard in reach. */
export function TillPage({ shop, keys, children, ...page }: TillPageProps) {
  const { back: otherwise } = page;
  useAwake();
  useKeys({ ...(otherwise === undefined ? {} : { onEscape: () => back(otherwise) }), ...keys });
  return (
    <Page {...page}>
      <News shop={shop} />
      {children}
    </Page>
  );
}

/** A payment that came by itself stays on the screen until somebody puts it away; the next one takes its place. */
function News({ shop }: { readonly shop: TillShop }) {
  const receipt = news.value;
  return (
    <div role="alert" class="till-news-place">
      {receipt && (
        <div class="till-news" key={receipt.id}>
          <Icon name="done" size="l" />
          <p class="till-news-text">
            <strong>{tx("till.paid", { amount: receipt.amount })}</strong>
            <Link href={`/till/${shop.id}/payments/${receipt.id}`}>
              <DateTime at={receipt.paid_at} show="time" /> {tx("till.receipt")}
            </Link>
          </p>
          <button type="button" class="icon-button" aria-label={t("sheet.close")} onClick={() => (news.value = null)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
