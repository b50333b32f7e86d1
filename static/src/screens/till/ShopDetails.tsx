import { useEffect, useState } from "preact/hooks";
import { readDetails, saveDetails, type Details } from "../../api/merchants";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { faultsOf, faultsUnder, type Faults } from "../merchant/faults";
import { PlaceFields } from "../merchant/PlaceFields";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** What the shop tells its customers, said anew by its manager. */
export default forShop(function ShopDetails({ shop }) {
  const [details, setDetails] = useState<Details | null>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void readDetails(shop.id).then(setDetails, (error: unknown) => setTrouble(problemText(error))), [shop.id]);
  const save = async (told: Details): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    setFaults({});
    try {
      setDetails(await saveDetails(shop.id, told));
      toast(t("merchant.saved"));
    } catch (error) {
      setFaults(faultsUnder("details", faultsOf(error)));
      setTrouble(problemText(error));
    } finally {
      setBusy(false);
    }
  };
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
