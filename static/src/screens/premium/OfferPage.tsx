import { useEffect, useState } from "preact/hooks";
import { applyFor, readOffer, withdrawFrom, type Mine, type Offer } from "../../api/premium";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Day, Edge } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { Units } from "../../components/Units";
import { offlineSince } from "../../state/network";
import { useByCard } from "./by-card";
import { offerName, STATES, wholeOf } from "./words";

/** One campaign: what it gives, where I stand, and the one thing to do next. */
export default function OfferPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const [offer, setOffer] = useState<Offer | null>(null);
  const [units, setUnits] = useState(1);
  const { busy, trouble, run } = useDeed();
  const take = (found: Offer): void => {
    setOffer(found);
    setUnits(found.state === "applying" ? (found.mine?.wished ?? 1) : 1);
  };
  useEffect(() => void run(async () => take(await readOffer(id))), [id]);
  const byCard = useByCard(offer, async () => setOffer(await readOffer(id)));
  const choose = (wanted: number): void => {
    byCard.forget();
    setUnits(wanted);
  };
  const mine = offer?.mine ?? null;
  const applies = offer?.state === "applying" && mine?.is_for_me === true;
  const send = (): Promise<void> =>
    run(async () => {
      take(await applyFor(id, units));
      toast(t("premium.applied"));
    });
  const withdraw = (): Promise<void> =>
    run(async () => {
      take(await withdrawFrom(id));
      toast(t("premium.withdrawn"));
    });
  const name = offer ? offerName(offer) : t("premium.title");
  return (
    <Page
      title={name}
      heading={offer ? name : tx("premium.title")}
      back="/pay/premium"
      foot={
        offer &&
        mine && (
          <>
            {applies && mine.wished !== units && (
              <Button look="main" wide icon="gift" busy={busy} onPress={() => void send()}>
                {tx(mine.ticket === null ? "premium.apply" : "premium.change", { units })}
              </Button>
            )}
            {mine.card_payment !== null && (
              <ButtonLink look="main" wide icon="card" href={`/pay/top-up/${mine.card_payment}`}>
                {tx("premium.go_on")}
              </ButtonLink>
            )}
            {byCard.offered && (
              <Button
                look="main"
                wide
                icon="card"
                busy={byCard.busy}
                disabled={offlineSince.value !== null}
                onPress={() => void byCard.buy(units)}
              >
                {tx("premium.by_card", { amount: units * offer.unit_yen })}
              </Button>
            )}
            {mine.may_buy > 0 && (
              <ButtonLink look={byCard.offered || mine.card_payment !== null ? "plain" : "main"} wide icon="code" href="/pay/code">
                {tx("topup.show")}
              </ButtonLink>
            )}
          </>
        )
      }
    >
      {(trouble ?? byCard.trouble) && <Notice kind="error" title={trouble ?? byCard.trouble} spoken />}
      {!offer && !trouble && <Skeleton lines={4} />}
      {offer && <Terms offer={offer} />}
      {offer && mine && <Standing offer={offer} mine={mine} byCard={byCard.offered} />}
      {offer && mine && (applies || byCard.offered) && (
        <Card>
          <Units
            label={tx(applies ? "premium.how_many" : "premium.how_many_buy")}
            value={units}
            most={applies ? offer.per_person : mine.may_buy}
            onValue={choose}
            error={byCard.wrong}
          />
          <p class="soft">{tx("premium.costs", { paid: units * offer.unit_yen, whole: wholeOf(offer, units) })}</p>
          {byCard.offered && <p class="soft">{tx("topup.next_card")}</p>}
        </Card>
      )}
      {offer && byCard.offered && <p class="soft">{tx("premium.buy_how", { amount: units * offer.unit_yen })}</p>}
      {mine?.ticket && <Ticket ticket={mine.ticket} />}
      {applies && mine?.ticket && (
        <Button look="quiet" busy={busy} onPress={() => void withdraw()}>
          {tx("premium.withdraw")}
        </Button>
      )}
      {offer?.draw_id && (
        <List>
          <Row icon="check" title={tx("premium.verify")} detail={tx("premium.verify_how")} href={`/draws/${offer.draw_id}`} />
        </List>
      )}
    </Page>
  );
}

function Terms({ offer }: { readonly offer: Offer }) {
  return (
    <Card>
      <p class="premium-gives">{tx("premium.gives", { paid: offer.unit_yen, whole: offer.unit_yen + offer.bonus })}</p>
      <dl class="facts">
        <dt>{tx("premium.state")}</dt>
        <dd>
          <strong>{tx(STATES[offer.state])}</strong>
        </dd>
        {offer.apply_from && offer.apply_until && (
          <>
            <dt>{tx("premium.apply_period")}</dt>
            <dd>
              <Edge at={offer.apply_from} /> – <Edge at={offer.apply_until} end />
            </dd>
          </>
        )}
        {offer.draw_at && (
          <>
            <dt>{tx("premium.draw_at")}</dt>
            <dd>
              <DateTime at={offer.draw_at} />
            </dd>
          </>
        )}
        <dt>{tx("premium.sale_period")}</dt>
        <dd>
          <Edge at={offer.sells_from} /> – <Edge at={offer.sells_until} end />
        </dd>
        <dt>{tx("premium.left")}</dt>
        <dd>{tx("premium.left_of", { left: offer.left, units: offer.units })}</dd>
        <dt>{tx("premium.per_person")}</dt>
        <dd>{tx("premium.units", { units: offer.per_person })}</dd>
        <dt>{tx("premium.bonus_ends")}</dt>
        <dd>
          <Day day={offer.bonus_last_day} />
        </dd>
      </dl>
    </Card>
  );
}

/** Where I stand, in one notice. */
function Standing({ offer, mine, byCard }: { readonly offer: Offer; readonly mine: Mine; readonly byCard: boolean }) {
  if (!mine.is_for_me && offer.state !== "over") {
    return (
      <Notice kind="info" title={tx("premium.not_for_me")}>
        <ButtonLink href="/me/id/upgrade">{tx("premium.upgrade")}</ButtonLink>
      </Notice>
    );
  }
  if (mine.card_payment !== null) return <Notice kind="info" title={tx("premium.being_paid", { units: mine.being_paid })} />;
  if (mine.may_buy > 0) {
    return (
      <Notice kind="info" title={tx(offer.way === "draw" ? "premium.won" : "premium.can_buy", { units: mine.may_buy })}>
        {mine.buy_until && <p>{tx("premium.buy_until", { time: <Edge at={mine.buy_until} end /> })}</p>}
        {!byCard && <p>{tx("premium.buy_how", { amount: mine.may_buy * offer.unit_yen })}</p>}
      </Notice>
    );
  }
  if (offer.state === "sold_out" && mine.bought === 0) {
    return (
      <Notice kind="info" title={tx("premium.sold_out_at", { time: offer.sold_out_at ? <DateTime at={offer.sold_out_at} /> : "" })}>
        <p>{tx("premium.sold_out_next")}</p>
      </Notice>
    );
  }
  if (mine.bought > 0) return <Notice kind="done" title={tx("premium.bought", { units: mine.bought })} />;
  if (mine.allotted && mine.buy_until && new Date(mine.buy_until) > new Date() && offer.state === "soon") {
    return (
      <Notice kind="done" title={tx("premium.won", { units: mine.allotted })}>
        <p>{tx("premium.buy_from", { time: <Edge at={offer.sells_from} /> })}</p>
      </Notice>
    );
  }
  if (mine.rank !== null && offer.state !== "over") {
    return (
      <Notice kind="info" title={tx("premium.ranked", { rank: mine.rank })}>
        <p>{tx("premium.ranked_next")}</p>
      </Notice>
    );
  }
  if (offer.state === "drawing" && mine.ticket) return <Notice kind="info" title={tx("premium.waits")} />;
  if (offer.way === "draw" && offer.state === "selling") return <Notice kind="info" title={tx("premium.winners_only")} />;
  return null;
}

function Ticket({ ticket }: { readonly ticket: string }) {
  return (
    <Card title={tx("premium.ticket")}>
      <p class="premium-ticket">{ticket}</p>
      <p class="soft">{tx("premium.ticket_how")}</p>
    </Card>
  );
}
