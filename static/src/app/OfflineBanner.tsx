import { DateTime } from "../components/DateTime";
import { Icon } from "../components/Icon";
import { tx } from "../i18n";
import { offlineSince } from "../state/network";

/** Says since when the city is out of reach; it stands in the page always, so that its coming is heard. */
export function OfflineBanner() {
  const since = offlineSince.value;
  return (
    <div role="status">
      {since && (
        <p class="offline">
          <Icon name="offline" size="s" />
          <span>{tx("offline.since", { time: <DateTime at={since} show="brief" /> })}</span>
        </p>
      )}
    </div>
  );
}
