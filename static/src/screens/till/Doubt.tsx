import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Progress } from "../../components/Waiting";
import { tx } from "../../i18n";
import type { Deed } from "./deed";
import { SignInToKnow } from "./Trouble";

/** Above what was typed: the answer was lost on the way and is asked about (for a deed whose amount is known, see `Checking`). */
export function Doubt({ deed, onCheck }: { readonly deed: Deed<unknown>; readonly onCheck: () => void }) {
  if (deed.kind === "stranger") return <SignInToKnow />;
  if (deed.kind !== "checking") return null;
  return (
    <Notice kind="warn" title={tx("till.doubt")} spoken>
      <Progress words="till.checking" />
      <Button onPress={onCheck}>{tx("again")}</Button>
    </Notice>
  );
}
