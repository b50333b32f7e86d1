import type { Departure } from "../../api/stops";
import { follow } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { WayIcon } from "../../components/WayIcon";
import { t, tx } from "../../i18n";
import { LineBadge } from "./LineBadge";
import { boundText, isLate, minutesUntil, runsText, timeOf, type Say } from "./words";

/** This function will say how soon a vehicle leaves; the time on the clock stands beside it. */
export function soonText<T>(say: Say<T>, at: string, now: Date): T | string {
  const minutes = minutesUntil(at, now);
  return minutes <= 0 ? say("stop.leaving") : minutes < 60 ? say("stop.in_minutes", { count: minutes }) : timeOf(at);
}

/** One vehicle that leaves: how soon, which line, where to, and how it runs. */
export function DepartureRow({ departure, now }: { readonly departure: Departure; readonly now: Date }) {
  const { line, headsign, platform, leaves_at, planned_at, state, is_last, wheelchair } = departure;
  const run = { state: state === "added" ? "live" : state, delay_s: departure.delay_s } as const;
  const runs = runsText(tx, run);
  const href = `/go/trips/${encodeURIComponent(departure.trip)}/${departure.day}`;
  const cancelled = state === "cancelled";
  const minutes = minutesUntil(leaves_at, now);
  return (
    <li>
      <a class="row row-door departure" href={href} onClick={(event) => follow(event, href)}>
        <span class={`departure-soon${cancelled ? " struck" : ""}`}>
          <strong>{soonText(tx, leaves_at, now)}</strong>
          {minutes < 60 && <span class="soft">{timeOf(leaves_at)}</span>}
          {timeOf(planned_at) !== timeOf(leaves_at) && <span class="soft small">{tx("jd.planned", { time: timeOf(planned_at) })}</span>}
        </span>
        <span class="departure-what">
          <LineBadge line={line} />
          <span class="departure-sign">{boundText(tx, headsign, line)}</span>
          <span class="departure-more">
            {platform && <span>{tx("jd.platform", { name: platform })}</span>}
            {runs && <span class={isLate(run) ? "late" : "on-time"}>{runs}</span>}
            {state === "added" && <span>{tx("stop.added")}</span>}
            {is_last && <strong>{tx("stop.last")}</strong>}
            {wheelchair === "possible" && (
              <span>
                <WayIcon name="wheelchair" size="s" />
                <span class="hidden">{t("stop.wheelchair")}</span>
              </span>
            )}
          </span>
        </span>
        <Icon name="next" size="s" />
      </a>
    </li>
  );
}
