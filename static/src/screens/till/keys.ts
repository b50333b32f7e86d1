/** The till by keyboard: digits type the amount, Enter is the main button, Escape is back. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PadKey } from "../../components/amount";

export interface Keys {
  readonly onPad?: (key: PadKey) => void;
  readonly onEnter?: () => void;
  readonly onEscape?: () => void;
}

const WRITES = "input, textarea, select, [contenteditable]";
const ACTS = "a, button, summary, input, textarea, select";

const PAD: Readonly<Record<string, PadKey>> = { Backspace: "erase", Delete: "clear" };

/** This function will say what a key means on the till, or null when it belongs to the browser or to the thing in focus. */
export function meaning(event: KeyboardEvent, dialogOpen: boolean): "enter" | "escape" | { readonly pad: PadKey } | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || dialogOpen) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (event.key === "Escape") return "escape";
  if (event.key === "Enter") return target?.closest(ACTS) ? null : "enter";
  if (target?.closest(WRITES)) return null;
  if (/^[0-9]$/.test(event.key)) return { pad: event.key as PadKey };
  const key = PAD[event.key];
  return key ? { pad: key } : null;
}

/** This hook will listen while its screen is shown, from the moment it can be seen: a cashier's first digit is never lost. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const meant = meaning(event, document.querySelector("dialog[open]") !== null);
      if (meant === null) return;
      const { onPad, onEnter, onEscape } = current.current;
      const deed =
        meant === "enter" ? onEnter : meant === "escape" ? onEscape : onPad && ((): void => onPad(meant.pad));
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}
