import { useEffect, useState } from "preact/hooks";
import {
  enterReferral,
  lookAtReferral,
  referrals,
  takeReferralReward,
  type Brought,
  type BroughtBy,
  type ReferralOffer,
  type ReferralSeen,
  type ReferralState,
} from "../../api/rewards";
import { Page } from "../../app/Page";
import { SignInFirst } from "../../app/SignInFirst";
import { tokenIn, useTokenLink } from "../../app/token-link";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Until } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Field } from "../../components/Field";
import { List, Row } from "../../components/List";
import { yen } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx, type TextKey } from "../../i18n";
import { session } from "../../state/session";
import { refresh } from "../../state/wallet";
import { couponName } from "../coupons/words";
import { giftText } from "../stamps/words";
import { Share } from "./Share";

const STATES: Readonly<Record<ReferralState, TextKey>> = {
  entered: "referral.state.entered",
  lapsed: "referral.state.lapsed",
  earned: "referral.state.earned",
  waiting: "referral.state.waiting",
  undone: "referral.state.undone",
};

/** Bringing somebody: my link and what came of it; or the code that somebody shared with me. */
export default function ReferralPage() {
  const { token, take, leave } = useTokenLink("referral");
  if (session.value.kind === "out") return <SignInFirst title="referral.title" words="referral.stranger" next="/pay/referral" />;
  return token === null ? <Mine onCode={take} /> : <Entering key={token} code={token} onLeave={leave} />;
}

function Mine({ onCode }: { readonly onCode: (code: string) => void }) {
  const [found, setFound] = useState<{ readonly results: readonly ReferralOffer[]; readonly brought_by: BroughtBy | null } | null>(null);
  const { busy, trouble, run } = useDeed();
  const load = async (): Promise<void> => setFound(await referrals());
  useEffect(() => void run(load), []);
  const take = (id: string): void =>
    void run(async () => {
      await takeReferralReward(id);
      await Promise.all([load(), refresh()]);
    });
  return (
    <Page title={t("referral.title")} heading={tx("referral.title")} back="/pay">
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!found && !trouble && <Skeleton lines={5} />}
      {found?.brought_by && <MyOwn by={found.brought_by} busy={busy} onTake={take} />}
      {found?.results.map((offer) => (
        <Offer key={offer.id} offer={offer} busy={busy} onTake={take} onShared={() => void run(load)} />
      ))}
      {found?.results.length === 0 && (
        <EmptyState icon="family" title={tx("referral.none")}>
          <p>{tx("referral.none_how")}</p>
        </EmptyState>
      )}
      {found && !found.brought_by && found.results.length > 0 && <TypeCode onCode={onCode} />}
    </Page>
  );
}

function Offer({ offer, busy, onTake, onShared }: Takes & { readonly offer: ReferralOffer; readonly onShared: () => void }) {
  return (
    <Card title={couponName(offer)}>
      <dl class="facts">
        <dt>{tx("referral.you_get")}</dt>
        <dd>{giftText(offer.for_referrer)}</dd>
        <dt>{tx("referral.they_get")}</dt>
        <dd>{giftText(offer.for_newcomer)}</dd>
        <dt>{tx("coupons.minimum")}</dt>
        <dd>{tx("referral.terms", { amount: yen(offer.first_payment), days: offer.within_days })}</dd>
        <dt>{tx("coupons.each")}</dt>
        <dd>{tx("referral.people", { count: offer.per_referrer })}</dd>
      </dl>
      <p class="soft small">{tx("coupons.until", { day: <Until at={offer.ends_at} /> })}</p>
      <Share offer={offer} onShared={onShared} />
      {offer.brought.length > 0 && (
        <>
          <h3 class="group-title">{tx("referral.brought")}</h3>
          <List>
            {offer.brought.map((each) => (
              <BroughtRow key={each.id} each={each} busy={busy} onTake={onTake} />
            ))}
          </List>
        </>
      )}
    </Card>
  );
}

interface Takes {
  readonly busy: boolean;
  readonly onTake: (id: string) => void;
}

function BroughtRow({ each, busy, onTake }: Takes & { readonly each: Brought }) {
  return (
    <Row
      icon={each.state === "earned" ? "check" : "person"}
      title={tx(STATES[each.state])}
      detail={
        <>
          <DateTime at={each.entered_at} show="day" />
          {each.state === "entered" && <> – {tx("coupons.until", { day: <Until at={each.pay_until} /> })}</>}
        </>
      }
      end={
        each.state === "waiting" && (
          <Button busy={busy} onPress={() => onTake(each.id)}>
            {tx("stamps.take")}
          </Button>
        )
      }
    />
  );
}

function MyOwn({ by, busy, onTake }: Takes & { readonly by: BroughtBy }) {
  const kind = by.state === "earned" ? "done" : "info";
  return (
    <Notice kind={kind} title={by.said ? tx("referral.by", { name: by.said }) : tx("referral.by_somebody")}>
      <p>
        {by.state === "entered"
          ? tx("referral.to_do", { amount: yen(by.first_payment), day: <Until at={by.pay_until} />, gift: giftText(by.reward) })
          : tx(STATES[by.state])}
      </p>
      {by.state === "waiting" && (
        <Button busy={busy} onPress={() => onTake(by.id)}>
          {tx("stamps.take")}
        </Button>
      )}
    </Notice>
  );
}

function TypeCode({ onCode }: { readonly onCode: (code: string) => void }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const enter = (): void => {
    const code = tokenIn(text);
    setWrong(code === null);
    if (code !== null) onCode(code);
  };
  return (
    <Card title={tx("referral.have_code")}>
      <Field
        label={tx("referral.code")}
        hint={tx("referral.code_hint")}
        error={wrong && tx("referral.code_wrong")}
        value={text}
        onValue={setText}
        input={{ name: "code", autoComplete: "off", maxLength: 200 }}
      />
      <Button wide onPress={enter}>
        {tx("referral.look")}
      </Button>
    </Card>
  );
}

function Entering({ code, onLeave }: { readonly code: string; readonly onLeave: () => void }) {
  const [seen, setSeen] = useState<ReferralSeen | null>(null);
  const { busy, trouble, run } = useDeed();
  useEffect(() => void run(async () => setSeen(await lookAtReferral(code))), []);
  const enter = (): void =>
    void run(async () => {
      await enterReferral(code);
      onLeave();
    });
  return (
    <Page
      title={t("referral.title")}
      heading={tx("referral.title")}
      back="/pay"
      foot={
        seen && (
          <>
            <Button look="main" wide icon="gift" busy={busy} onPress={enter}>
              {tx("referral.enter")}
            </Button>
            <Button wide onPress={onLeave}>
              {tx("referral.not_now")}
            </Button>
          </>
        )
      }
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={onLeave}>{tx("referral.not_now")}</Button>
        </Notice>
      )}
      {!seen && !trouble && <Skeleton lines={4} />}
      {seen && (
        <>
          <p class="lead">{seen.said ? tx("referral.by", { name: seen.said }) : tx("referral.by_somebody")}</p>
          <p>
            {tx("referral.newcomer", { amount: yen(seen.first_payment), days: seen.within_days, gift: giftText(seen.for_newcomer) })}
          </p>
          <p class="soft small">{tx("referral.once")}</p>
        </>
      )}
    </Page>
  );
}
