import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface CardProps {
  readonly title?: ComponentChildren;
  readonly end?: ComponentChildren;
  readonly tone?: "plain" | "town" | "calm";
  readonly children: ComponentChildren;
}

/** One matter in a frame, with its own heading to jump to. */
export function Card({ title, end, tone = "plain", children }: CardProps) {
  const id = useId();
  return (
    <section class={`card card-${tone}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <div class="card-head">
          <h2 class="card-title" id={id}>
            {title}
          </h2>
          {end}
        </div>
      )}
      {children}
    </section>
  );
}
