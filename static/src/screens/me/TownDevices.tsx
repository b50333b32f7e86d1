import { useEffect, useState } from "preact/hooks";
import { devicesOfMine, endDevice, type DeviceKind, type TownDevice } from "../../api/devices";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { worksAtCounter } from "../../state/session";

const ICONS: Readonly<Record<DeviceKind, IconName>> = { till: "till", kiosk: "info", desk: "counter", signage: "image" };

const placeOf = ({ organisation_id: id, organisation: name, organisation_en: name_en }: TownDevice): string =>
  shopName({ id, name, name_en });

/** The tills and screens that stand where I have a say, and the way to end one that is lost or replaced. */
export default function TownDevices() {
  const [devices, setDevices] = useState<readonly TownDevice[] | null>(null);
  const [ending, setEnding] = useState<TownDevice | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = async (): Promise<void> => {
    setTrouble(null);
    try {
      setDevices((await devicesOfMine()).results);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void read(), []);

  const end = async (device: TownDevice): Promise<void> => {
    setEnding(null);
    try {
      await endDevice(device.id);
      toast(t("town_devices.ended", { label: device.label }));
    } catch (error) {
      return setTrouble(problemText(error));
    }
    await read();
  };

  return (
    <Page
      title={t("town_devices.title")}
      heading={tx("town_devices.title")}
      back="/me"
      foot={
        <ButtonLink look="main" wide icon="plus" href="/device">
          {tx("let_in.title")}
        </ButtonLink>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!devices && !trouble && <Skeleton />}
      {devices?.length === 0 && (
        <EmptyState icon="till" title={tx("town_devices.none")}>
          {tx("town_devices.none_what")}
        </EmptyState>
      )}
      {devices && devices.length > 0 && (
        <List label={t("town_devices.title")}>
          {devices.map((each) => (
            <Row
              key={each.id}
              icon={ICONS[each.kind]}
              title={each.label}
              detail={
                <>
                  {tx(`let_in.kind_${each.kind}`)} · {placeOf(each)} ·{" "}
                  {tx("devices.seen", { time: <DateTime at={each.last_seen_at} /> })}
                </>
              }
              onPress={() => setEnding(each)}
            />
          ))}
        </List>
      )}
      {worksAtCounter.value && <p class="soft">{tx("screen.where", { address: <strong>{`${location.host}/screen`}</strong> })}</p>}
      <Sheet open={ending !== null} onClose={() => setEnding(null)} title={tx("town_devices.end_ask")}>
        {ending && (
          <>
            <p>
              <strong>{ending.label}</strong> · {placeOf(ending)}
            </p>
            <p>{tx("town_devices.end_what")}</p>
            <Button look="main" wide onPress={() => void end(ending)}>
              {tx("town_devices.end")}
            </Button>
          </>
        )}
        <Button wide onPress={() => setEnding(null)}>
          {tx("connections.stay")}
        </Button>
      </Sheet>
    </Page>
  );
}
