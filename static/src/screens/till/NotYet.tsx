import type { TillShop } from "../../api/types";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";

interface NotYetProps {
  readonly shop: TillShop;
  readonly title: TextKey;
  readonly back: string;
  readonly trouble: unknown;
  readonly load: () => void;
}

/** The screen of something that the till does not know yet: on its way, or why it did not come. */
export function NotYet({ shop, title, back, trouble, load }: NotYetProps) {
  return (
    <TillPage shop={shop} title={t(title)} heading={tx(title)} back={back}>
      {trouble === null ? <Skeleton lines={4} /> : <Trouble error={trouble} onAgain={load} />}
    </TillPage>
  );
}
