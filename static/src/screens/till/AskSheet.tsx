import type { ComponentChildren } from "preact";
import { Button } from "../../components/Button";
import { Sheet } from "../../components/Sheet";
import { tx } from "../../i18n";

interface AskProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ComponentChildren;
  /** What follows, and that there is no way back. */
  readonly warning: ComponentChildren;
  readonly deed: ComponentChildren;
  readonly onDeed: () => void;
}

/** The last question before something that cannot be undone. */
export function AskSheet({ open, onClose, title, warning, deed, onDeed }: AskProps) {
  return (
    <Sheet open={open} onClose={onClose} title={title}>
      <p class="lead">{warning}</p>
      <Button look="main" wide onPress={onDeed}>
        {deed}
      </Button>
      <Button wide onPress={onClose}>
        {tx("till.stop")}
      </Button>
    </Sheet>
  );
}
