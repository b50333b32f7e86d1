import { useState } from "preact/hooks";
import { inviteStaff, type StaffInvited, type StaffRole } from "../../api/staff";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { DateTime } from "../../components/DateTime";
import { inFours } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { handOn } from "../../app/token-link";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** Somebody shall work here: as what, then a code for their phone, shown once and good for a day. */
export default forShop(function StaffInvite({ shop }) {
  const [role, setRole] = useState<StaffRole>("merchant.cashier");
  const [made, setMade] = useState<StaffInvited | null>(null);
  const { busy, trouble, run } = useDeed();
  const link = made ? `${window.location.origin}/staff/join#${made.token}` : "";
  const hand = async (): Promise<void> => {
    const done = await handOn(link);
    if (done !== "shared") toast(t(done === "copied" ? "invite.copied" : "invite.not_copied"));
  };
  return (
    <TillPage
      shop={shop}
      title={t("staff.invite")}
      heading={tx("staff.invite")}
      back={`/till/${shop.id}/staff`}
      foot={
        made ? (
          <Button look="main" wide icon="send" onPress={() => void hand()}>
            {tx("receive.hand_on")}
          </Button>
        ) : (
          <Button
            look="main"
            wide
            icon="code"
            busy={busy}
            onPress={() => void run(async () => setMade(await inviteStaff(shop.organisation_id, role)))}
          >
            {tx("staff.make")}
          </Button>
        )
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {made ? (
        <div class="mycode">
          <p class="lead">{tx("staff.show")}</p>
          <QrCode text={link} label={t("staff.picture")} />
          <p class="soft">{tx("staff.until", { at: <DateTime at={made.ends_at} /> })}</p>
          <details class="qr-twin">
            <summary>{tx("invite.letters")}</summary>
            <p class="qr-letters">{inFours(made.token)}</p>
          </details>
          <Notice kind="warn" title={tx("staff.careful")} />
        </div>
      ) : (
        <Choice
          label={tx("staff.as")}
          layout="column"
          value={role}
          onValue={setRole}
          options={[
            { value: "merchant.cashier", text: tx("staff.as_cashier") },
            { value: "merchant.manager", text: tx("staff.as_manager") },
          ]}
        />
      )}
    </TillPage>
  );
});
