import type { Entry } from "../api/types";
import { t, tx } from "../i18n";
import { entryShop } from "../i18n/shop-name";
import { DateTime } from "./DateTime";
import { entryLook } from "./entry";
import { Row } from "./List";
import { Money } from "./Money";

/** One movement of money, led by the name a person would say; where there is a receipt, the row leads to it. */
export function EntryRow({ entry, show = "brief" }: { readonly entry: Entry; readonly show?: "brief" | "time" }) {
  const { icon, word } = entryLook(entry);
  const shop = entryShop(entry) ?? entryOther(entry);
  const incoming = entry.direction === "in";
  const at = <DateTime at={entry.occurred_at} show={show} />;
  return (
    <Row
      icon={icon}
      tone={incoming ? "in" : "muted"}
      title={shop ?? tx(word)}
      detail={
        shop === null ? (
          at
        ) : (
          <>
            {tx(word)} · {at}
          </>
        )
      }
      end={<Money amount={entry.amount} size="m" sign={incoming ? "+" : "−"} />}
      {...doorOf(entry)}
    />
  );
}

/** Where a line leads: to the order it paid, to the receipt, or to what was sent. */
function doorOf(entry: Entry): { href?: string } {
  if (entry.order_id) return { href: `/pay/orders/${entry.order_id}` };
  if (entry.payment_id !== null) return { href: `/pay/receipts/${entry.payment_id}` };
  return entry.transfer_id ? { href: `/pay/sent/${entry.transfer_id}` } : {};
}

/** Whom coins went to or came from, as far as they want to be known; null where there is nobody. */
function entryOther(entry: Entry): string | null {
  if (!entry.transfer_id) return null;
  return entry.other_name || t("send.somebody", { mask: entry.other_mask ?? "" });
}
