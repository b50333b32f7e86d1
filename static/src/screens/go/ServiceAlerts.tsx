import type { ServiceAlert } from "../../api/journeys";
import { Notice } from "../../components/Notice";

/** What the city or an operator says about what somebody looks at. */
export function ServiceAlerts({ alerts }: { readonly alerts: readonly ServiceAlert[] }) {
  return (
    <>
      {alerts.map(({ id, header, description, by }) => (
        <Notice key={id} kind="info" title={header}>
          {description && <p>{description}</p>}
          {by && <p class="soft small">{by}</p>}
        </Notice>
      ))}
    </>
  );
}
