import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { t, tx } from "../i18n";
import { acting, actingLost, beMyself } from "../state/acting";
import { go } from "./router";

/** This function will make the person themself again, on a page that is their own. */
export function endActing(): void {
  beMyself();
  go("/", { replace: true });
}

/**
 * On every page while one acts for another: for whom, and the way back. The place is always in the page, so that its coming and its
 * going are heard; when the mandate ended by itself, that is said here until the person has read it.
 */
export function ActingBand() {
  const other = acting.value;
  const lost = actingLost.value;
  return (
    <div class={`acting${other ? "" : " acting-over"}`} role="region" aria-label={t("acting.label")} hidden={!other && lost === null}>
      <div role="status" class="acting-words">
        {other && (
          <p class="acting-who">
            <Icon name="family" />
            <span>{tx("acting.band", { name: <strong>{other.name}</strong> })}</span>
          </p>
        )}
        {!other && lost !== null && (
          <p class="acting-who">
            <Icon name="info" />
            <span>{tx("acting.lost", { name: <strong>{lost}</strong> })}</span>
          </p>
        )}
      </div>
      {other && <Button onPress={endActing}>{tx("acting.back")}</Button>}
      {!other && lost !== null && <Button onPress={() => (actingLost.value = null)}>{tx("acting.lost_read")}</Button>}
    </div>
  );
}
