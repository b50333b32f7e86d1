import { session } from "../../state/session";
import { BoardPage } from "./BoardPage";
import { Start } from "./Start";

/** One address for every screen of the town: it asks to be let in, and then shows what is its own. */
export default function Screen() {
  const current = session.value;
  return current.kind === "device" ? <BoardPage key={current.device.id} device={current.device} /> : <Start />;
}
