import type { Journeys, JourneysAsked } from "../../api/journeys";
import { Button, ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { tx } from "../../i18n";
import { WALKS } from "./choices";
import { choose, going } from "./state";

/** Up to so many minutes on foot, nobody misses a bus. */
const SHORT_WALK = 20;

interface NothingProps {
  readonly answer: Journeys;
  readonly question: JourneysAsked;
  /** Ask again, otherwise. */
  readonly onChange: (question: JourneysAsked) => void;
}

/** No journey: why, and what can be done about it at once. */
export function NothingFound({ answer, question, onChange }: NothingProps) {
  const walk = answer.direct.find(({ legs }) => legs.every(({ way }) => way === "walk"));
  if (walk && walk.minutes <= SHORT_WALK) {
    return (
      <EmptyState icon="go" title={tx("jo.walk_best")}>
        {tx("jo.walk_best_how", { count: walk.minutes })}
      </EmptyState>
    );
  }
  if (answer.nothing === "no_service") {
    return (
      <EmptyState
        icon="clock"
        title={tx("jo.no_service")}
        action={answer.later && <Button onPress={() => onChange({ ...question, cursor: answer.later })}>{tx("jo.more_later")}</Button>}
      >
        {tx("jo.no_service_how")}
      </EmptyState>
    );
  }
  if (answer.nothing === "no_stop_near") return <NoStop question={question} onChange={onChange} />;
  return (
    <EmptyState icon="go" title={tx("jo.not_joined")} action={<ButtonLink href="/go/options">{tx("options.title")}</ButtonLink>}>
      {tx("jo.not_joined_how")}
    </EmptyState>
  );
}

function NoStop({ question, onChange }: Omit<NothingProps, "answer">) {
  const most = WALKS.at(-1) ?? 0;
  const further = WALKS.find((count) => count >= 2 * question.most_walk_minutes) ?? most;
  const walkMore = (): void => {
    choose({ mostWalkMinutes: further });
    onChange({ ...question, most_walk_minutes: further });
  };
  const withTaxi = (): void => {
    const own = [...going.peek().own, "taxi"] as const;
    choose({ own });
    onChange({ ...question, own });
  };
  return (
    <EmptyState
      icon="go"
      title={tx("jo.no_stop_near")}
      action={
        <div class="chips">
          {question.most_walk_minutes < most && <Button onPress={walkMore}>{tx("jo.walk_more", { count: further })}</Button>}
          {!question.own.includes("taxi") && <Button onPress={withTaxi}>{tx("jo.with_taxi")}</Button>}
        </div>
      }
    >
      {tx("jo.no_stop_near_how", { count: further })}
    </EmptyState>
  );
}
