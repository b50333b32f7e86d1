import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "./Button";
import { FieldError } from "./Field";
import { t, tx } from "../i18n";

interface UnitsProps {
  readonly label: ComponentChildren;
  readonly value: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
  /** What is wrong and what to do. */
  readonly error?: ComponentChildren;
}

/** A few of something: one less, one more, and the number in between as a box for those who type. */
export function Units({ label, value, most, onValue, error }: UnitsProps) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  const set = (next: number): void => {
    if (Number.isSafeInteger(next)) onValue(Math.min(most, Math.max(1, next)));
  };
  return (
    <div class={`units${error ? " field-wrong" : ""}`}>
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="units-row">
        <Button label={t("premium.less")} disabled={value <= 1} onPress={() => set(value - 1)}>
          −
        </Button>
        <input
          ref={box}
          id={id}
          class="field-box units-box"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => set(Number(event.currentTarget.value))}
        />
        <Button label={t("premium.more")} disabled={value >= most} onPress={() => set(value + 1)}>
          +
        </Button>
      </div>
      <p class="field-hint">{tx("premium.most", { most })}</p>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
