import { useState } from "preact/hooks";
import { shareReferral, type ReferralOffer } from "../../api/rewards";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { handOn } from "../../app/token-link";

const NAME_SIGNS = 20;

/** My link: made with what the other shall read of me, then shown as a picture or handed on. */
export function Share({ offer, onShared }: { readonly offer: ReferralOffer; readonly onShared: () => void }) {
  const [said, setSaid] = useState(offer.link?.said ?? "");
  const { busy, trouble, run } = useDeed();
  const make = (): void =>
    void run(async () => {
      await shareReferral(offer.id, said.trim());
      onShared();
    });
  const hand = async (link: string): Promise<void> => {
    const done = await handOn(link);
    if (done !== "shared") toast(t(done === "copied" ? "invite.copied" : "invite.not_copied"));
  };
  const link = offer.link;
  if (link === null) {
    return (
      <>
        <Field
          label={tx("referral.said")}
          hint={tx("referral.said_hint")}
          value={said}
          onValue={setSaid}
          input={{ name: "said", maxLength: NAME_SIGNS, autoComplete: "off" }}
        />
        {trouble && <Notice kind="error" title={trouble} spoken />}
        <Button look="main" wide icon="code" busy={busy} onPress={make}>
          {tx("referral.make")}
        </Button>
      </>
    );
  }
  return (
    <div class="mycode">
      <p class="soft small">{link.said ? tx("referral.shown_as", { name: link.said }) : tx("referral.shown_nobody")}</p>
      <QrCode text={link.link} label={t("referral.picture")} />
      <Button look="main" wide icon="send" onPress={() => void hand(link.link)}>
        {tx("receive.hand_on")}
      </Button>
    </div>
  );
}
