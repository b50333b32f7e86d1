import type { ServiceAlert } from "../../api/journeys";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";

const RANKS: Readonly<Record<ServiceAlert["severity"], number>> = { severe: 0, warning: 1, unknown_severity: 2, info: 3 };

/** What the city or an operator says about what somebody looks at, the gravest first. */
export function ServiceAlerts({ alerts }: { readonly alerts: readonly ServiceAlert[] }) {
  const ordered = [...alerts].sort((one, other) => RANKS[one.severity] - RANKS[other.severity]);
  return (
    <>
      {ordered.map(({ id, header, description, url, by, severity }) => (
        <Notice key={id} kind={RANKS[severity] < RANKS.unknown_severity ? "warn" : "info"} title={header}>
          {description && <p>{description}</p>}
          {/^https?:\/\//.test(url) && (
            <p>
              <a href={url} rel="noreferrer">
                {tx("stop.alert_more")}
              </a>
            </p>
          )}
          {by && <p class="soft small">{by}</p>}
        </Notice>
      ))}
    </>
  );
}
