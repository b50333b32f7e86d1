import type { ConsentState } from "../../api/consents";
import { Icon, type IconName } from "../../components/Icon";
import { tx, type TextKey } from "../../i18n";

const MARKS: Readonly<Record<ConsentState, { readonly icon: IconName; readonly word: TextKey }>> = {
  standing: { icon: "done", word: "consents.standing" },
  left_behind: { icon: "warn", word: "consents.left_behind" },
  ended: { icon: "clock", word: "consents.ended" },
  withdrawn: { icon: "close", word: "consents.withdrawn" },
};

/** How a yes stands, as a shape and a word. */
export function StateMark({ state }: { readonly state: ConsentState }) {
  const { icon, word } = MARKS[state];
  return (
    <span class={`state state-${state}`}>
      <Icon name={icon} size="s" />
      <span>{tx(word)}</span>
    </span>
  );
}
