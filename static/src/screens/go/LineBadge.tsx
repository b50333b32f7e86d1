import type { TransitLine } from "../../api/journeys";
import { WayIcon } from "../../components/WayIcon";
import { t } from "../../i18n";
import { lookOf } from "./colours";
import { kindIcon, lineName } from "./words";

/** A line as it stands on the vehicle: what it is, its name, its colour. The colour only repeats the name. */
export function LineBadge({ line }: { readonly line: TransitLine }) {
  const look = lookOf(line.color);
  return (
    <span class="line-badge" style={look ? { backgroundColor: look.background, color: look.ink } : undefined}>
      <WayIcon name={kindIcon(line.kind)} size="s" />
      <span class="hidden">{t(`way.by_${line.kind}`)} </span>
      <span>{lineName(line)}</span>
    </span>
  );
}
