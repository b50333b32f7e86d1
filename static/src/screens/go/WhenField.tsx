import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { tx } from "../../i18n";
import { jstDay, timeText } from "../../i18n/dates";
import { change, wish, type When } from "./state";

const KINDS = [
  ["now", "go.now"],
  ["leave", "go.leave_at"],
  ["arrive", "go.arrive_by"],
] as const;
const STEP_MS = 300_000;

/** Now, or a day and a time at which one leaves or has to be there. */
export function WhenField() {
  const { when } = wish.value;
  return (
    <>
      <Choice
        label={tx("go.when")}
        value={when.kind}
        onValue={(kind) => change({ when: turned(when, kind, new Date()) })}
        options={KINDS.map(([value, word]) => ({ value, text: tx(word) }))}
      />
      {when.kind !== "now" && (
        <div class="side">
          <Field
            label={tx("go.day")}
            value={when.day}
            onValue={(day) => change({ when: { ...when, day } })}
            input={{ type: "date", min: jstDay(new Date()) }}
          />
          <Field label={tx("go.time")} value={when.time} onValue={(time) => change({ when: { ...when, time } })} input={{ type: "time" }} />
        </div>
      )}
    </>
  );
}

/** This function will turn to another kind of time; a time that was chosen stays, else it is the next five minutes. */
export function turned(when: When, kind: When["kind"], now: Date): When {
  if (kind === "now") return { kind };
  if (when.kind !== "now") return { ...when, kind };
  const next = new Date(Math.ceil(now.getTime() / STEP_MS) * STEP_MS);
  return { kind, day: jstDay(next), time: timeText(next) };
}
