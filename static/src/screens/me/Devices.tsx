import { useEffect, useState } from "preact/hooks";
import { myDevices, signOutDevices, type Device } from "../../api/allauth";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

/** The city keeps no more of a device than the short name by which people know it. */
const nameOf = (device: Device): string => device.user_agent || t("devices.unknown");

/** Where I am signed in, this device first; any other can be signed out from here. */
export default function Devices() {
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [ending, setEnding] = useState<readonly Device[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);

  const run = async (deed: Promise<readonly Device[]>): Promise<boolean> => {
    setTrouble(null);
    try {
      setDevices(await deed);
      return true;
    } catch (error) {
      setTrouble(problemText(error));
      return false;
    }
  };
  useEffect(() => void run(myDevices()), []);

  const end = async (): Promise<void> => {
    const ids = ending.map((device) => device.id);
    setEnding([]);
    if (await run(signOutDevices(ids))) toast(t("devices.ended"));
  };
  const others = devices?.filter((device) => !device.is_current) ?? [];
  const here = devices?.find((device) => device.is_current);

  return (
    <Page
      title={t("me.devices")}
      heading={tx("me.devices")}
      back="/me"
      foot={
        others.length > 1 && (
          <Button wide icon="leave" onPress={() => setEnding(others)}>
            {tx("devices.end_all")}
          </Button>
        )
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!devices && !trouble && <Skeleton />}
      {here && (
        <List>
          <Row icon="phone" title={tx("devices.here")} detail={<Line device={here} />} />
        </List>
      )}
      {devices && <p class="soft">{tx(others.length === 0 ? "devices.only" : "devices.strange")}</p>}
      {others.length > 0 && (
        <List>
          {others.map((device) => (
            <Row
              key={device.id}
              icon="phone"
              tone="muted"
              title={nameOf(device)}
              detail={<Line device={device} />}
              onPress={() => setEnding([device])}
            />
          ))}
        </List>
      )}
      <Sheet open={ending.length > 0} onClose={() => setEnding([])} title={tx("devices.end_ask")}>
        <p>
          <strong>{ending.map(nameOf).join(", ")}</strong>
        </p>
        <p>{tx("devices.end_what")}</p>
        <Button look="main" wide onPress={() => void end()}>
          {tx(ending.length > 1 ? "devices.end_all" : "devices.end")}
        </Button>
        <Button wide onPress={() => setEnding([])}>
          {tx("me.stay")}
        </Button>
      </Sheet>
    </Page>
  );
}

function Line({ device }: { readonly device: Device }) {
  const seconds = device.last_seen_at ?? device.created_at;
  const key = device.last_seen_at === undefined ? "devices.since" : "devices.seen";
  return (
    <>
      {device.is_current && `${nameOf(device)} · `}
      {tx(key, { time: <DateTime at={new Date(seconds * 1000)} /> })}
    </>
  );
}
