import type { TownShop } from "../../api/shops";
import { useNow } from "../../components/DateTime";
import { language, tx } from "../../i18n";
import { dayText, jstDay, timeText } from "../../i18n/dates";

/** Whether the door is open, in words; colour only repeats it. */
export function Door({ shop: { door } }: { readonly shop: TownShop }) {
  const now = useNow();
  if (door === null) return <>{tx("shops.no_hours")}</>;
  if (door.changes_at === null) return <Said open={door.is_open}>{tx(door.is_open ? "shops.open" : "shops.closed")}</Said>;
  const at = new Date(door.changes_at);
  const open = door.is_open === now.getTime() < at.getTime();
  if (now.getTime() >= at.getTime()) return <Said open={open}>{tx(open ? "shops.open" : "shops.closed")}</Said>;
  const today = jstDay(at) === jstDay(now);
  const time = today ? timeText(at) : `${dayText(jstDay(at), language.value, now)} ${timeText(at)}`;
  return <Said open={open}>{tx(open ? "shops.open_until" : "shops.opens_at", { time })}</Said>;
}

function Said({ open, children }: { readonly open: boolean; readonly children: preact.ComponentChildren }) {
  return <span class={open ? "door door-open" : "door"}>{children}</span>;
}
