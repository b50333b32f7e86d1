import { tx, type TextKey } from "../i18n";

/** Grey lines in the shape of what is coming. They appear after 150 ms, words after two seconds (both in CSS). */
export function Skeleton({ lines = 3, words = "waiting.loading" }: { readonly lines?: number; readonly words?: TextKey }) {
  return (
    <div class="skeleton" aria-busy="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton-line" />
      ))}
      <p class="skeleton-words" role="status">
        {tx(words)}
      </p>
    </div>
  );
}

/** Work under way that has words of its own from the start, for a step that must not be left in doubt. */
export function Progress({ words }: { readonly words: TextKey }) {
  return (
    <div class="progress" role="status">
      <span class="spinner spinner-big" aria-hidden="true" />
      <p>{tx(words)}</p>
    </div>
  );
}
