import type { TillShop } from "../../api/types";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Progress } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import type { Deed } from "./deed";
import { TillPage } from "./TillPage";
import { SignInToKnow } from "./Trouble";

interface CheckingProps {
  readonly shop: TillShop;
  readonly deed: Extract<Deed<unknown>, { kind: "checking" | "stranger" }>;
  readonly amount: number;
  readonly onCheck: () => void;
}

/** The answer was lost on the way. The same deed is asked about until the truth is known; nothing moves twice. */
export function Checking({ shop, deed, amount, onCheck }: CheckingProps) {
  return (
    <TillPage
      shop={shop}
      title={t("till.checking")}
      heading={tx("till.checking")}
      foot={
        deed.kind === "checking" && (
          <Button wide icon="renew" onPress={onCheck}>
            {tx("till.checking_now")}
          </Button>
        )
      }
    >
      {deed.kind === "checking" ? (
        <>
          <Progress words="till.checking" />
          <Notice kind="warn" title={tx("till.checking_how", { amount })} spoken />
        </>
      ) : (
        <SignInToKnow />
      )}
    </TillPage>
  );
}
