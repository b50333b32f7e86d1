import { useEffect, useRef, useState } from "preact/hooks";
import { cancelRequest, readRequests, remindRequest, type OwnRequest } from "../../api/sending";
import { Page } from "../../app/Page";
import { place, type Values } from "../../app/router";
import { Button } from "../../components/Button";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { mine } from "../../state/wallet";
import { handOn } from "../../app/token-link";
import { STATES } from "./states";

/** My request: the link to hand on, and who has answered. */
export default function RequestPage({ values }: { readonly values: Values }) {
  const made = useRef((place.peek().given as { made?: OwnRequest }).made).current;
  const [request, setRequest] = useState<OwnRequest | null>(made ?? null);
  const [missing, setMissing] = useState<string | null>(null);
  const { busy, trouble, run } = useDeed();
  const version = mine.value?.balance.version;
  useEffect(() => {
    readRequests().then(
      (all) => {
        const found = all.asked_by_me.find((each) => each.id === values.id);
        if (found) setRequest(found);
        else setMissing(t("problem.not_found"));
      },
      (error: unknown) => setMissing(problemText(error)),
    );
  }, [version]);
  if (request === null) {
    return (
      <Page title={t("request.title")} heading={tx("request.title")} back="/pay/requests">
        {missing ? <Notice kind="error" title={missing} spoken /> : <Skeleton lines={4} />}
      </Page>
    );
  }
  const hand = async (): Promise<void> => {
    const done = await handOn(request.link);
    if (done !== "shared") toast(t(done === "copied" ? "invite.copied" : "invite.not_copied"));
  };
  const isOpen = request.state === "open";
  return (
    <Page
      title={t("request.title")}
      heading={tx("request.title")}
      back="/pay/requests"
      foot={
        isOpen && (
          <Button look="main" wide icon="send" onPress={() => void hand()}>
            {tx("request.hand_on")}
          </Button>
        )
      }
    >
      <div class="mycode">
        <Money amount={request.amount} size="xl" />
        {request.message !== "" && <p class="lead">{request.message}</p>}
        {isOpen ? <QrCode text={request.link} label={t("request.picture")} /> : <p class="lead">{tx(STATES[request.state])}</p>}
      </div>
      <List label={t("request.shares")}>
        {request.shares.map((share) => (
          <Row
            key={share.number}
            icon="person"
            title={share.mask === null ? tx("request.anybody", { number: share.number }) : tx("send.somebody", { mask: share.mask })}
            detail={tx(STATES[share.state])}
            end={<Money amount={share.amount} size="m" />}
          />
        ))}
      </List>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {request.can_remind && (
        <Button wide icon="bell" busy={busy} onPress={() => void run(async () => setRequest(await remindRequest(request.id)))}>
          {tx("request.remind")}
        </Button>
      )}
      {isOpen && (
        <Button wide busy={busy} onPress={() => void run(async () => setRequest(await cancelRequest(request.id)))}>
          {tx("request.cancel")}
        </Button>
      )}
    </Page>
  );
}
