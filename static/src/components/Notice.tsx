import type { ComponentChildren } from "preact";
import { tx, type TextKey } from "../i18n";
import { Icon, type IconName } from "./Icon";

type Kind = "info" | "warn" | "error" | "done";

const ICONS: Readonly<Record<Kind, IconName>> = { info: "info", warn: "warn", error: "error", done: "done" };
const WORDS: Readonly<Record<Kind, TextKey>> = {
  info: "notice.info",
  warn: "notice.warn",
  error: "notice.error",
  done: "notice.done",
};

interface NoticeProps {
  readonly kind: Kind;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Speak up when it appears: politely, or at once for an error. */
  readonly spoken?: boolean;
}

/** Something a person should know: a shape, a word and a colour say together what kind it is. */
export function Notice({ kind, title, children, spoken }: NoticeProps) {
  const role = spoken ? (kind === "error" ? "alert" : "status") : undefined;
  return (
    <div class={`notice notice-${kind}`} role={role}>
      <Icon name={ICONS[kind]} />
      <div class="notice-text">
        <p class="notice-title">
          <span class="notice-kind">{tx(WORDS[kind])}</span>
          {title}
        </p>
        {children && <div class="notice-body">{children}</div>}
      </div>
    </div>
  );
}
