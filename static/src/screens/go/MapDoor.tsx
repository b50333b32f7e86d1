import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { tx, type TextKey } from "../../i18n";
import { canDraw } from "../shops/drawing";

interface MapDoorProps<Props> {
  readonly words: TextKey;
  readonly load: () => Promise<ComponentType<Props>>;
  readonly map: Props;
}

/** A map is fetched when somebody asks for it; where it cannot be drawn, what stands in words beside it is the map. */
export function MapDoor<Props extends object>({ words, load, map }: MapDoorProps<Props>) {
  const [state, setState] = useState<"closed" | "coming" | "failed" | { readonly screen: ComponentType<Props> }>("closed");
  const open = async (): Promise<void> => {
    if (!canDraw()) return setState("failed");
    setState("coming");
    try {
      setState({ screen: await load() });
    } catch {
      setState("failed");
    }
  };
  if (state === "failed") return <p class="soft" role="status">{tx("jd.no_map")}</p>;
  if (typeof state === "object") return <state.screen {...map} />;
  return (
    <Button wide icon="go" busy={state === "coming"} onPress={() => void open()}>
      {tx(words)}
    </Button>
  );
}
