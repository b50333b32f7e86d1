import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface TicksProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** What is wrong and what to do; spoken when it appears. */
  readonly error?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Several things of which any may be chosen; none is chosen beforehand unless the person did it. */
export function Ticks({ label, hint, error, children }: TicksProps) {
  const id = useId();
  return (
    <fieldset class={`ticks${error ? " field-wrong" : ""}`} aria-describedby={error ? `${id}-error` : undefined}>
      <legend class="field-label">{label}</legend>
      {hint && <p class="field-hint">{hint}</p>}
      {children}
      <p class="field-error" id={`${id}-error`} aria-live="polite">
        {error && (
          <>
            <Icon name="error" size="s" />
            <span>{error}</span>
          </>
        )}
      </p>
    </fieldset>
  );
}

interface TickProps {
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly children: ComponentChildren;
  readonly detail?: ComponentChildren;
}

export function Tick({ checked, disabled, onChecked, children, detail }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChecked(event.currentTarget.checked)} />
      <span class="row-text">
        <span class="row-title">{children}</span>
        {detail && <span class="row-detail">{detail}</span>}
      </span>
    </label>
  );
}

/** This function will put a name into a list or take it out. */
export function toggled(names: readonly string[], name: string, chosen: boolean): readonly string[] {
  return chosen ? [...names.filter((each) => each !== name), name] : names.filter((each) => each !== name);
}
