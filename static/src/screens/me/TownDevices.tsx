import { devicesOfMine, endDevice, type DeviceKind, type TownDevice } from "../../api/devices";
import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import type { IconName } from "../../components/Icon";
import { t, tx } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { worksAtCounter } from "../../state/session";
import { Endable } from "./Endable";

const ICONS: Readonly<Record<DeviceKind, IconName>> = { till: "till", kiosk: "info", desk: "counter", signage: "image" };

const placeOf = ({ organisation_id: id, organisation: name, organisation_en: name_en }: TownDevice): string =>
  shopName({ id, name, name_en });

/** The tills and screens that stand where I have a say, and the way to end one that is lost or replaced. */
export default function TownDevices() {
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
      <Endable<TownDevice>
        label={t("town_devices.title")}
        icon={({ kind }) => ICONS[kind]}
        read={devicesOfMine}
        end={endDevice}
        ended={({ label }) => t("town_devices.ended", { label })}
        name={({ label }) => label}
        place={placeOf}
        detail={(each) => (
          <>
            {tx(`let_in.kind_${each.kind}`)} · {placeOf(each)} · {tx("devices.seen", { time: <DateTime at={each.last_seen_at} /> })}
          </>
        )}
        empty="till"
        none={{ title: tx("town_devices.none"), what: tx("town_devices.none_what") }}
        ask={{ title: tx("town_devices.end_ask"), what: tx("town_devices.end_what"), do: tx("town_devices.end") }}
      />
      {worksAtCounter.value && <p class="soft">{tx("screen.where", { address: <strong>{`${location.host}/screen`}</strong> })}</p>}
    </Page>
  );
}
