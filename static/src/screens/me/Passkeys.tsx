import { useEffect, useState } from "preact/hooks";
import { myPasskeys, removePasskeys, type Passkey } from "../../api/allauth";
import { PasskeyCancelled, passkeysSupported, registerPasskey } from "../../api/passkeys";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { deviceName } from "./device-name";

const said = (error: unknown): string => (error instanceof PasskeyCancelled ? t("passkeys.not_added") : problemText(error));

export default function Passkeys() {
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const { busy, trouble, run } = useDeed(said);

  const change = (deed: () => Promise<unknown>, done: string | null): Promise<void> =>
    run(async () => {
      await deed();
      setPasskeys(await myPasskeys());
      if (done !== null) toast(done);
    });
  useEffect(() => void change(() => Promise.resolve(), null), []);

  const name = deviceName(navigator.userAgent) ?? t("devices.here");
  const remove = (passkey: Passkey): void => {
    setRemoving(null);
    void change(() => removePasskeys([passkey.id]), t("passkeys.removed"));
  };

  return (
    <Page
      title={t("me.passkeys")}
      heading={tx("me.passkeys")}
      back="/me"
      foot={
        passkeysSupported() && (
          <Button
            look="main"
            wide
            icon="key"
            busy={busy}
            onPress={() => void change(() => registerPasskey(name), t("passkeys.added"))}
          >
            {tx("passkeys.add")}
          </Button>
        )
      }
    >
      <p>{tx("passkeys.what")}</p>
      {!passkeysSupported() && <Notice kind="info" title={tx("passkeys.this_kind")} />}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!passkeys && !trouble && <Skeleton lines={2} />}
      {passkeys?.length === 0 && <EmptyState icon="key" title={tx("passkeys.none")} />}
      {passkeys && passkeys.length > 0 && (
        <List>
          {passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              icon="key"
              title={passkey.name}
              detail={tx("passkeys.made", { time: <DateTime at={new Date(passkey.created_at * 1000)} show="day" /> })}
              onPress={() => setRemoving(passkey)}
            />
          ))}
        </List>
      )}
      <Sheet open={removing !== null} onClose={() => setRemoving(null)} title={tx("passkeys.remove_ask")}>
        <p>
          <strong>{removing?.name}</strong>
        </p>
        <p>{tx("passkeys.remove_what")}</p>
        <Button look="careful" wide icon="trash" onPress={() => removing && remove(removing)}>
          {tx("passkeys.remove")}
        </Button>
        <Button wide onPress={() => setRemoving(null)}>
          {tx("me.stay")}
        </Button>
      </Sheet>
    </Page>
  );
}
