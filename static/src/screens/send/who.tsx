import { Icon } from "../../components/Icon";
import { t, tx } from "../../i18n";
import type { TextKey } from "../../i18n";

/** How somebody is called: what they chose, else four signs by which one knows them again. */
export function nameOf({ name, mask }: { readonly name: string; readonly mask: string }): string {
  return name || t("send.somebody", { mask });
}

interface WhoProps {
  readonly word: TextKey;
  readonly name: string;
  readonly mask: string;
}

export function Who({ word, name, mask }: WhoProps) {
  return (
    <div class="payee">
      <span class="row-icon row-icon-plain">
        <Icon name="person" />
      </span>
      <p>
        <span class="soft small">{tx(word)}</span>
        <strong class="payee-name">{nameOf({ name, mask })}</strong>
        {name !== "" && <span class="soft small">{tx("send.mask", { mask })}</span>}
      </p>
    </div>
  );
}
