import type { ComponentChildren } from "preact";
import { go } from "../app/router";
import { Icon, type IconName } from "./Icon";

interface Look {
  /** One main button a screen; the others stand back. */
  readonly look?: "main" | "plain" | "quiet" | "careful";
  readonly icon?: IconName;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

function classes({ look = "plain", wide }: Look): string {
  return `button button-${look}${wide ? " button-wide" : ""}`;
}

interface ButtonProps extends Look {
  readonly onPress?: () => void;
  readonly submit?: boolean;
  /** Work is under way: the button stays where it is and keeps the focus, but does nothing. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly pressed?: boolean;
}

export function Button(props: ButtonProps) {
  const idle = props.busy === true || props.disabled === true;
  return (
    <button
      type={props.submit ? "submit" : "button"}
      class={classes(props)}
      aria-disabled={idle ? "true" : undefined}
      aria-busy={props.busy ? "true" : undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      onClick={(event) => {
        if (idle) event.preventDefault();
        else props.onPress?.();
      }}
    >
      {props.busy ? <span class="spinner" aria-hidden="true" /> : props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </button>
  );
}

export function follow(event: MouseEvent, href: string, replace = false): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(href, { replace });
}

/** A link that looks like a button, for going somewhere rather than doing something. */
export function ButtonLink(props: Look & { readonly href: string; readonly label?: string }) {
  return (
    <a class={classes(props)} href={props.href} aria-label={props.label} onClick={(event) => follow(event, props.href)}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </a>
  );
}

/** A plain link inside the app. */
export function Link(props: { readonly href: string; readonly children: ComponentChildren; readonly class?: string }) {
  return (
    <a class={props.class ?? "link"} href={props.href} onClick={(event) => follow(event, props.href)}>
      {props.children}
    </a>
  );
}
