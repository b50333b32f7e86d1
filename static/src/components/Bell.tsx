import { t } from "../i18n";
import { inbox } from "../state/inbox";
import { follow } from "./Button";
import { Icon } from "./Icon";

const MOST = 99;

/** The way to the messages, with how many are unread. */
export function Bell() {
  const unread = inbox.value?.unread.unread ?? 0;
  const label = unread > 0 ? t("messages.bell", { count: unread }) : t("messages.title");
  return (
    <a class="icon-button bell" href="/messages" aria-label={label} onClick={(event) => follow(event, "/messages")}>
      <Icon name="bell" />
      {unread > 0 && (
        <span class="bell-count" aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </a>
  );
}
