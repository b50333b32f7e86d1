import type { TillShop } from "../../api/types";
import { back } from "../../app/router";
import { Button } from "../../components/Button";
import { t, tx } from "../../i18n";
import { DeedDone } from "./DeedDone";

interface RefundDoneProps {
  readonly shop: TillShop;
  readonly amount: number;
  /** The screen of what was paid, which tells of the refund too. */
  readonly of: string;
}

/** So much went back. */
export function RefundDone({ shop, amount, of }: RefundDoneProps) {
  return (
    <DeedDone
      shop={shop}
      title={tx("till.refund_done", { amount })}
      said={t("till.refund_done", { amount })}
      end={
        <Button wide icon="receipt" onPress={() => back(of)}>
          {tx("till.receipt")}
        </Button>
      }
    />
  );
}
