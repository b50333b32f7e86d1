import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./Icon";

interface FieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** What is wrong and what to do. What was typed stays. */
  readonly error?: ComponentChildren;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly input?: InputHTMLAttributes<HTMLInputElement>;
  readonly big?: boolean;
}

/** One question, its help and its error, bound together for a screen reader. A new error takes the focus. */
export function Field({ label, hint, error, value, onValue, input, big }: FieldProps) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field${error ? " field-wrong" : ""}`}>
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...input}
        ref={box}
        id={id}
        class={`field-box${big ? " field-big" : ""}`}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={described || undefined}
      />
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** What is wrong with a field, spoken as it appears. */
export function FieldError({ id, error }: { readonly id: string; readonly error: ComponentChildren }) {
  return (
    <p class="field-error" id={id} aria-live="polite">
      {error && (
        <>
          <Icon name="error" size="s" />
          <span>{error}</span>
        </>
      )}
    </p>
  );
}
