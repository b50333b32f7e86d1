import { tx } from "../i18n";
import { mine } from "../state/wallet";
import { ButtonLink } from "./Button";
import { Notice } from "./Notice";

/** What is stopped is said before anybody tries in front of a shop, with the way to whom to call. */
export function Frozen() {
  const frozen = mine.value?.balance.frozen ?? "no";
  if (frozen === "no") return null;
  return (
    <Notice kind="warn" title={tx(`pay.frozen_${frozen}`)}>
      <p>{tx("pay.frozen_how")}</p>
      <ButtonLink look="quiet" href="/messages">
        {tx("pay.frozen_read")}
      </ButtonLink>
    </Notice>
  );
}
