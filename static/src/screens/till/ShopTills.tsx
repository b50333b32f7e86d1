import { useEffect, useState } from "preact/hooks";
import { devicesOfMine, endDevice, type TownDevice } from "../../api/devices";
import { renameDevice } from "../../api/staff";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Field } from "../../components/Field";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** The tills that stand at this merchant: when each last spoke, what it is called, and the way to remove it. */
export default forShop(function ShopTills({ shop }) {
  const [tills, setTills] = useState<readonly TownDevice[] | null>(null);
  const [open, setOpen] = useState<TownDevice | null>(null);
  const [label, setLabel] = useState("");
  const { trouble, run } = useDeed();
  const load = async (): Promise<void> =>
    setTills((await devicesOfMine()).results.filter((each) => each.organisation_id === shop.organisation_id));
  useEffect(() => void run(load), [shop.id]);
  const deed = (done: () => Promise<unknown>): Promise<void> => {
    setOpen(null);
    return run(() => done().then(load));
  };
  return (
    <TillPage
      shop={shop}
      title={t("tills.title")}
      heading={tx("tills.title")}
      back={`/till/${shop.id}/more`}
      foot={
        <ButtonLink look="main" wide icon="plus" href="/device">
          {tx("let_in.title")}
        </ButtonLink>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!tills && !trouble && <Skeleton lines={3} />}
      {tills?.length === 0 && (
        <EmptyState icon="till" title={tx("tills.none")}>
          {tx("tills.none_how")}
        </EmptyState>
      )}
      {tills && tills.length > 0 && (
        <List label={t("tills.title")}>
          {tills.map((each) => (
            <Row
              key={each.id}
              icon="till"
              title={each.label}
              detail={tx("devices.seen", { time: <DateTime at={each.last_seen_at} /> })}
              onPress={() => {
                setOpen(each);
                setLabel(each.label);
              }}
            />
          ))}
        </List>
      )}
      <Sheet open={open !== null} onClose={() => setOpen(null)} title={open?.label ?? ""}>
        {open && (
          <>
            <Field label={tx("tills.label")} value={label} onValue={setLabel} input={{ name: "label", maxLength: 40, autoComplete: "off" }} />
            <Button look="main" wide onPress={() => void deed(() => renameDevice(open.id, label.trim() || open.label))}>
              {tx("tills.rename")}
            </Button>
            <p>{tx("town_devices.end_what")}</p>
            <Button wide icon="trash" onPress={() => void deed(() => endDevice(open.id))}>
              {tx("town_devices.end")}
            </Button>
          </>
        )}
        <Button wide onPress={() => setOpen(null)}>
          {tx("connections.stay")}
        </Button>
      </Sheet>
    </TillPage>
  );
});
