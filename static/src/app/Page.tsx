import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { t } from "../i18n";
import { acting } from "../state/acting";
import { back, place, scrollBefore } from "./router";

interface PageProps {
  /** The heading, which is also the title of the tab. */
  readonly title: string;
  /** The heading as it stands on the page, when it is more than plain words. */
  readonly heading?: ComponentChildren;
  /** Where the back arrow leads when there is no page before this one; no arrow without it. */
  readonly back?: string;
  /** Beside the heading, such as the way to my page. */
  readonly end?: ComponentChildren;
  /** The main button: at the bottom, full width. */
  readonly foot?: ComponentChildren;
  /** The heading is for the ear only, because the picture of the page says it to the eye. */
  readonly headingHidden?: boolean;
  readonly children: ComponentChildren;
}

/** One screen: it takes the focus on its heading when a person comes to it, so that a screen reader starts there. */
export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const other = acting.value?.name;
  useEffect(() => {
    const forWhom = other === undefined ? "" : `${t("acting.title", { name: other })} · `;
    document.title = `${forWhom}${props.title} · ${t("app.name")}`;
  }, [props.title, other]);
  useEffect(() => {
    const { depth } = place.peek();
    if (depth > 0) heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, scrollBefore(depth));
  }, []);
  return (
    <div class="page">
      <header class="page-head">
        {props.back !== undefined && (
          <button type="button" class="icon-button" aria-label={t("page.back")} onClick={() => back(props.back ?? "/")}>
            <Icon name="back" />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1} class={props.headingHidden ? "hidden" : "page-title"}>
          {props.heading ?? props.title}
        </h1>
        {props.end && <div class="page-ends">{props.end}</div>}
      </header>
      <div class="page-body">{props.children}</div>
      {props.foot && <div class="page-foot">{props.foot}</div>}
    </div>
  );
}
