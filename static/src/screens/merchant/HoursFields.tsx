import type { Hours, OpenDay, Span } from "../../api/shops";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Tick, Ticks, toggled } from "../../components/Tick";
import { t, tx } from "../../i18n";
import { WEEK } from "../shops/week";

const NEW: Span = { days: ["mon", "tue", "wed", "thu", "fri"], opens: "09:00", closes: "18:00" };
export const NO_HOURS: Hours = { spans: [], holidays: "as_usual" };

interface Props {
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
  readonly error?: string | undefined;
}

/** When the shop is open: spans by weekday, and whether holidays are like any other day. */
export function HoursFields({ hours, onHours, error }: Props) {
  const change = (index: number, span: Partial<Span>): void =>
    onHours({ ...hours, spans: hours.spans.map((each, at) => (at === index ? { ...each, ...span } : each)) });
  return (
    <>
      <h2 class="group-title">{tx("shops.hours")}</h2>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {hours.spans.map((span, index) => (
        <Card key={index} title={tx("merchant.span", { number: index + 1 })}>
          <Ticks label={tx("merchant.days")}>
            {WEEK.map(([day, word]) => (
              <Tick
                key={day}
                checked={span.days.includes(day)}
                onChecked={(chosen) => change(index, { days: toggled(span.days, day, chosen) as readonly OpenDay[] })}
              >
                {tx(word)}
              </Tick>
            ))}
          </Ticks>
          <Field
            label={tx("merchant.opens")}
            value={span.opens}
            onValue={(opens) => change(index, { opens })}
            input={{ name: `opens-${index}`, inputMode: "numeric", placeholder: "09:00", maxLength: 5 }}
          />
          <Field
            label={tx("merchant.closes")}
            hint={tx("merchant.closes_hint")}
            value={span.closes}
            onValue={(closes) => change(index, { closes })}
            input={{ name: `closes-${index}`, inputMode: "numeric", placeholder: "18:00", maxLength: 5 }}
          />
          <Button icon="trash" onPress={() => onHours({ ...hours, spans: hours.spans.filter((_each, at) => at !== index) })}>
            {tx("merchant.span_away")}
          </Button>
        </Card>
      ))}
      <Button wide icon="plus" onPress={() => onHours({ ...hours, spans: [...hours.spans, NEW] })}>
        {tx("merchant.span_more")}
      </Button>
      <Choice
        label={tx("day.holiday")}
        value={hours.holidays}
        onValue={(holidays) => onHours({ ...hours, holidays })}
        options={[
          { value: "as_usual", text: t("shops.holiday_as_usual") },
          { value: "closed", text: t("shops.day_off") },
        ]}
      />
    </>
  );
}
