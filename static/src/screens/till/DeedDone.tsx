import type { ComponentChildren } from "preact";
import type { TillShop } from "../../api/types";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Success } from "../../components/Success";
import { t, tx } from "../../i18n";
import { TillPage } from "./TillPage";

interface DoneProps {
  readonly shop: TillShop;
  readonly title: ComponentChildren;
  readonly said: string;
  readonly children?: ComponentChildren;
  /** A second way on, below the main one. */
  readonly end?: ComponentChildren;
}

/** A deed other than a payment succeeded; the till is one press away. */
export function DeedDone({ shop, title, said, children, end }: DoneProps) {
  const next = (): void => go(`/till/${shop.id}`);
  return (
    <TillPage
      shop={shop}
      title={t("notice.done")}
      headingHidden
      keys={{ onEnter: next, onEscape: next }}
      foot={
        <>
          <Button look="main" wide onPress={next}>
            {tx("till.next")}
          </Button>
          {end}
        </>
      }
    >
      <div class="till-paid">
        <Success title={title} said={said}>
          {children}
        </Success>
      </div>
    </TillPage>
  );
}
