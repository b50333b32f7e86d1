import { signal } from "@preact/signals";
import { tx } from "../i18n";
import { Icon } from "./Icon";

interface ToastMessage {
  readonly text: string;
  readonly undo: (() => void) | null;
}

const SHOWN_MS = 6_000;
const message = signal<ToastMessage | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** This function will say for a moment what was done, with a way back where there is one. */
export function toast(text: string, undo: (() => void) | null = null): void {
  clearTimeout(timer);
  message.value = { text, undo };
  timer = setTimeout(() => (message.value = null), undo ? SHOWN_MS * 2 : SHOWN_MS);
}

/** The place where toasts appear; it is always in the page, so that a screen reader listens to it. */
export function Toasts() {
  const shown = message.value;
  return (
    <div class="toasts" role="status">
      {shown && (
        <div class="toast">
          <Icon name="done" />
          <span>{shown.text}</span>
          {shown.undo && (
            <button
              type="button"
              class="toast-undo"
              onClick={() => {
                shown.undo?.();
                message.value = null;
              }}
            >
              {tx("toast.undo")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
