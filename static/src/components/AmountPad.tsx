import { useId } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { t, tx } from "../i18n";
import { grouped } from "../i18n/template";
import { amountOf, digitsOf, press, type PadKey } from "./amount";
import { Icon } from "./Icon";

interface PadProps {
  readonly label: ComponentChildren;
  readonly digits: string;
  readonly onDigits: (digits: string) => void;
  readonly onEnter?: () => void;
  readonly error?: ComponentChildren;
  readonly hint?: ComponentChildren;
}

const KEYS: readonly PadKey[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "0", "erase"];

/** One amount, by thumb or by keyboard. The number is a real text box, so typing, pasting and reading aloud work. */
export function AmountPad({ label, digits, onDigits, onEnter, error, hint }: PadProps) {
  const id = useId();
  const take = (typed: string, box: HTMLInputElement): void => {
    const next = digitsOf(typed);
    if (next === null) box.value = digits === "" ? "" : grouped(amountOf(digits));
    else onDigits(next);
  };
  return (
    <div class={`pad${error ? " pad-wrong" : ""}`}>
      <label class="pad-label" for={id}>
        {label}
      </label>
      <div class="pad-amount">
        {tx("money.parts", {
          amount: (
            <input
              id={id}
              class="pad-box"
              type="text"
              inputMode="none"
              autoComplete="off"
              placeholder="0"
              size={Math.max(1, grouped(amountOf(digits)).length)}
              value={digits === "" ? "" : grouped(amountOf(digits))}
              onInput={(event) => take(event.currentTarget.value, event.currentTarget)}
              onKeyDown={(event) => {
                if (event.key === "Enter") onEnter?.();
              }}
              aria-invalid={error ? "true" : undefined}
              aria-describedby={`${id}-say`}
            />
          ),
        })}
      </div>
      <p id={`${id}-say`} class={error ? "field-error pad-say" : "pad-say"} aria-live="polite">
        {error && <Icon name="error" size="s" />}
        <span>{error ?? hint}</span>
      </p>
      <div class="pad-keys" role="group" aria-label={t("pad.keys")}>
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            class="pad-key"
            aria-label={key === "erase" ? t("pad.erase") : undefined}
            onClick={() => onDigits(press(digits, key))}
          >
            {key === "erase" ? <Icon name="erase" /> : key}
          </button>
        ))}
      </div>
    </div>
  );
}
