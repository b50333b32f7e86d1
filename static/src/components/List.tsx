import type { ComponentChildren } from "preact";
import { follow } from "./Button";
import { Icon, type IconName } from "./Icon";

interface RowProps {
  readonly icon?: IconName;
  readonly tone?: "in" | "out" | "muted";
  /** What a person would say aloud. */
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly end?: ComponentChildren;
  readonly href?: string;
  /** The address is a page that the server renders, not one of the app. */
  readonly outside?: boolean;
  readonly onPress?: () => void;
  readonly selected?: boolean;
}

function inside({ icon, tone, title, detail, end, href, onPress, selected }: RowProps): ComponentChildren {
  return (
    <>
      {icon && (
        <span class={`row-icon row-icon-${tone ?? "plain"}`}>
          <Icon name={icon} />
        </span>
      )}
      <span class="row-main">
        <span class="row-text">
          <span class="row-title">{title}</span>
          {detail && <span class="row-detail">{detail}</span>}
        </span>
        {end && <span class="row-end">{end}</span>}
      </span>
      {selected && <Icon name="check" />}
      {(href || (onPress && selected === undefined)) && <Icon name="next" size="s" />}
    </>
  );
}

export function Row(props: RowProps) {
  const { href, outside, onPress, selected } = props;
  if (href !== undefined) {
    return (
      <li>
        <a class="row row-door" href={href} onClick={(event) => outside || follow(event, href)}>
          {inside(props)}
        </a>
      </li>
    );
  }
  if (onPress) {
    return (
      <li>
        <button type="button" class="row row-door" onClick={onPress} aria-pressed={selected}>
          {inside(props)}
        </button>
      </li>
    );
  }
  return (
    <li>
      <div class="row">{inside(props)}</div>
    </li>
  );
}

export function List({ children, label }: { readonly children: ComponentChildren; readonly label?: string }) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  );
}
