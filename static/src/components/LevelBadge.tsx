import { tx, type TextKey } from "../i18n";
import { Icon } from "./Icon";

/** 0 a contact only, 1 what the person says, 2 seen at the counter, 3 proved by the My Number card. */
const WORDS: readonly TextKey[] = ["level.guest", "level.own", "level.counter", "level.card"];

/** How surely the town knows a person, as a shape, a number and a word. */
export function LevelBadge({ level }: { readonly level: number }) {
  return (
    <span class={`level level-${level}`}>
      <Icon name={level >= 2 ? "safe" : "person"} size="s" />
      <span>{tx("level.badge", { level })}</span>
      <span class="level-word">{tx(WORDS[level] ?? "level.guest")}</span>
    </span>
  );
}
