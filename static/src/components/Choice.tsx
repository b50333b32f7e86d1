import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface ChoiceProps<T extends string> {
  readonly label: ComponentChildren;
  readonly options: readonly { readonly value: T; readonly text: ComponentChildren; readonly lang?: string }[];
  readonly value: T;
  readonly onValue: (value: T) => void;
  /** A few short words stand side by side; longer ones one below the other. */
  readonly layout?: "row" | "column";
  readonly labelHidden?: boolean;
}

/** One of a few, as real radio buttons: arrow keys move, a screen reader counts them. */
export function Choice<T extends string>({ label, options, value, onValue, layout = "row", labelHidden }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class={`choice choice-${layout}`}>
      <legend class={labelHidden ? "hidden" : "field-label"}>{label}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option" lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span class="choice-text">
              <span>{option.text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
