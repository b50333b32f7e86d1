import { useEffect, useState } from "preact/hooks";
import { readDetails, saveDetails, type Details } from "../../api/merchants";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { faultsUnder } from "../merchant/faults";
import { PlaceFields } from "../merchant/PlaceFields";
import { useFormDeed } from "../merchant/useFormDeed";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** What the shop tells its customers, said anew by its manager. */
export default forShop(function ShopDetails({ shop }) {
  const [details, setDetails] = useState<Details | null>(null);
  const { busy, trouble, setTrouble, run, faults } = useFormDeed((found) => faultsUnder("details", found));
  useEffect(() => void readDetails(shop.id).then(setDetails, (error: unknown) => setTrouble(problemText(error))), [shop.id]);
  const save = (told: Details): Promise<void> =>
    run(async () => {
      setDetails(await saveDetails(shop.id, told));
      toast(t("merchant.saved"));
    });
  return (
    <TillPage
      shop={shop}
      title={t("merchant.describe")}
      heading={tx("merchant.describe")}
      back={`/till/${shop.id}/more`}
      {...(details
        ? {
            foot: (
              <Button look="main" wide busy={busy} onPress={() => void save(details)}>
                {tx("merchant.save")}
              </Button>
            ),
          }
        : {})}
    >
      <p>{tx("merchant.describe_what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!details && !trouble && <Skeleton lines={6} />}
      {details && <PlaceFields details={details} onDetails={setDetails} faults={faults} />}
    </TillPage>
  );
});
