import type { Receipt } from "../../api/types";
import { Icon, type IconName } from "../../components/Icon";
import { tx } from "../../i18n";
import { STATUS_WORDS } from "./receipts";

export const STATUS_ICONS: Readonly<Record<Receipt["status"], IconName>> = {
  paid: "done",
  partly_refunded: "undo",
  refunded: "undo",
  voided: "close",
};

/** How a payment stands: a shape and a word, never a colour alone. */
export function StatusMark({ status }: { readonly status: Receipt["status"] }) {
  return (
    <span class={`till-status till-status-${status}`}>
      <Icon name={STATUS_ICONS[status]} size="s" />
      <span>{tx(STATUS_WORDS[status])}</span>
    </span>
  );
}
