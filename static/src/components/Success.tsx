import type { ComponentChildren } from "preact";

interface SuccessProps {
  readonly title: ComponentChildren;
  /** The whole news in one sentence, spoken at once. */
  readonly said: string;
  readonly children?: ComponentChildren;
}

/** It worked: a large check, the news in words, and aloud. */
export function Success({ title, said, children }: SuccessProps) {
  return (
    <div class="success">
      <p class="hidden" role="alert">
        {said}
      </p>
      <svg class="success-check" viewBox="0 0 96 96" aria-hidden="true" focusable="false">
        <circle cx="48" cy="48" r="44" />
        <path d="M28 50 42 64 69 34" />
      </svg>
      <p class="success-title">{title}</p>
      {children}
    </div>
  );
}
