import type { ComponentChildren } from "preact";
import { Page } from "../../app/Page";
import { Card } from "../../components/Card";
import type { IconName } from "../../components/Icon";
import { Icon } from "../../components/Icon";
import { t, tx, type TextKey } from "../../i18n";

interface ComingProps {
  readonly title: TextKey;
  readonly icon: IconName;
  readonly will: TextKey;
  readonly now: TextKey;
  readonly action: ComponentChildren;
}

/** A place whose rooms are still being furnished says so, and what to do meanwhile. */
export function Coming({ title, icon, will, now, action }: ComingProps) {
  return (
    <Page title={t(title)} heading={tx(title)}>
      <div class="empty">
        <span class="empty-picture">
          <Icon name={icon} size="xl" />
        </span>
        <p class="empty-title">{tx("coming.title")}</p>
        <p class="empty-text">{tx(will)}</p>
      </div>
      <Card title={tx("coming.now")}>
        <p>{tx(now)}</p>
        {action}
      </Card>
    </Page>
  );
}
