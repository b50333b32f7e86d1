import type { StampCard } from "../../api/rewards";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";

/** The card as one sees it at a glance: filled places, places that are free. A screen reader hears one sentence instead. */
export function StampBoard({ card }: { readonly card: StampCard }) {
  const has = card.stamps.length;
  return (
    <div class="stamp-board" role="img" aria-label={t("stamps.board", { has, size: card.size })}>
      {Array.from({ length: card.size }, (_, place) => (
        <span key={place} class={`stamp-place${place < has ? " stamp-has" : ""}`}>
          {place < has ? <Icon name="check" /> : place + 1}
        </span>
      ))}
    </div>
  );
}
