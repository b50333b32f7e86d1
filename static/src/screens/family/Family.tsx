import { useState } from "preact/hooks";
import { endMandate, protects, type Mandate, type Scope } from "../../api/family";
import { intents } from "../../api/intents";
import { PAYMENT } from "../../api/wallet";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { acting, actFor } from "../../state/acting";
import { endsHere, lastMoment, people, roleText, scopeText, type Other } from "./people";
import { useFamily } from "./useFamily";

interface Ending {
  readonly mandate: Mandate;
  readonly kind: "resign" | "end" | "recall";
}

/** For whom I act, and who acts for me. */
export default function Family() {
  const { family, trouble, load } = useFamily();
  const [ending, setEnding] = useState<Ending | null>(null);
  const others = people(family?.i_act_for ?? []);
  return (
    <Page
      title={t("family.title")}
      heading={tx("family.title")}
      back="/me"
      foot={
        !acting.value && (
          <ButtonLink look="main" wide icon="plus" href="/me/family/invite">
            {tx("family.invite")}
          </ButtonLink>
        )
      }
    >
      {trouble && (
        <Notice kind="warn" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!family && !trouble && <Skeleton lines={4} />}
      {family && (
        <>
          <Card title={tx("family.i_act")}>
            {others.length === 0 && <p class="soft">{tx("family.i_act_none")}</p>}
            {others.map((other) => (
              <ActFor key={other.person} other={other} scopes={family.scopes} onResign={(mandate) => setEnding({ mandate, kind: "resign" })} />
            ))}
            <List>
              <Row icon="code" title={tx("family.join")} detail={tx("family.join_how")} href="/family/join" />
            </List>
          </Card>
          <Card title={tx("family.for_me")}>
            {family.act_for_me.length === 0 && (
              <EmptyState icon="family" title={tx("family.for_me_none")}>
                {tx("family.for_me_how")}
              </EmptyState>
            )}
            {family.act_for_me.map((mandate) => (
              <ForMe
                key={mandate.id}
                mandate={mandate}
                scopes={family.scopes}
                onEnd={() => setEnding({ mandate, kind: mandate.state === "invited" ? "recall" : "end" })}
              />
            ))}
          </Card>
        </>
      )}
      <EndSheet ending={ending} onClose={() => setEnding(null)} onEnded={() => void load()} />
    </Page>
  );
}

interface ActForProps {
  readonly other: Other;
  readonly scopes: readonly Scope[];
  readonly onResign: (mandate: Mandate) => void;
}

function ActFor({ other, scopes, onResign }: ActForProps) {
  const now = acting.value?.person === other.person;
  const begin = (): void => {
    actFor({ person: other.person, name: other.name || t("me.nameless"), scopes: other.scopes, protects: other.mandates.some(({ role }) => protects(role)) });
    go("/");
  };
  return (
    <div class="person">
      <Who name={other.name} mandates={other.mandates} scopes={scopes} />
      {intents.unresolved(PAYMENT, other.person) && <Notice kind="warn" title={tx("family.doubt")} />}
      {now ? (
        <p class="soft">{tx("family.acting_now")}</p>
      ) : (
        <Button wide icon="family" onPress={begin}>
          {tx("family.act", { name: other.name || t("me.nameless") })}
        </Button>
      )}
      {other.mandates.map((mandate) => (
        <Button key={mandate.id} look="quiet" onPress={() => onResign(mandate)}>
          {other.mandates.length > 1 ? tx("family.resign_as", { role: roleText(mandate.role) }) : tx("family.resign")}
        </Button>
      ))}
    </div>
  );
}

interface ForMeProps {
  readonly mandate: Mandate;
  readonly scopes: readonly Scope[];
  readonly onEnd: () => void;
}

function ForMe({ mandate, scopes, onEnd }: ForMeProps) {
  if (mandate.open_until !== null) {
    return (
      <div class="person">
        <p>
          <strong>{tx("family.invited")}</strong>
        </p>
        <p class="soft">{tx("family.invited_until", { time: <DateTime at={mandate.open_until} /> })}</p>
        <p class="soft">{scopeText(mandate.scopes, scopes)}</p>
        <Button onPress={onEnd}>{tx("family.recall")}</Button>
      </div>
    );
  }
  return (
    <div class="person">
      <Who name={mandate.name} mandates={[mandate]} scopes={scopes} />
      {endsHere(mandate) ? (
        <Button onPress={onEnd}>{tx("family.end")}</Button>
      ) : (
        <p class="soft small">{tx("family.end_office")}</p>
      )}
    </div>
  );
}

interface WhoProps {
  readonly name: string;
  readonly mandates: readonly Mandate[];
  readonly scopes: readonly Scope[];
}

function Who({ name, mandates, scopes }: WhoProps) {
  return (
    <div>
      <p class="person-name">{name || tx("me.nameless")}</p>
      {mandates.map((mandate) => (
        <dl key={mandate.id} class="facts">
          <dt>{tx("family.as")}</dt>
          <dd>{roleText(mandate.role)}</dd>
          <dt>{tx("family.services")}</dt>
          <dd>{scopeText(mandate.scopes, scopes)}</dd>
          <dt>{tx("family.until")}</dt>
          <dd>{mandate.ends_at ? <DateTime at={lastMoment(mandate.ends_at)} show="day" /> : tx("family.no_end")}</dd>
        </dl>
      ))}
    </div>
  );
}

const SHEET = {
  resign: { ask: "family.resign_ask", what: "family.resign_what", deed: "family.resign", done: "family.resigned" },
  end: { ask: "family.end_ask", what: "family.end_what", deed: "family.end", done: "family.ended" },
  recall: { ask: "family.recall_ask", what: "family.recall_what", deed: "family.recall", done: "family.recalled" },
} as const;

interface EndSheetProps {
  readonly ending: Ending | null;
  readonly onClose: () => void;
  readonly onEnded: () => void;
}

function EndSheet({ ending, onClose, onEnded }: EndSheetProps) {
  const { busy, trouble, run } = useDeed();
  const words = SHEET[ending?.kind ?? "end"];
  const end = (mandate: Mandate): Promise<void> =>
    run(async () => {
      await endMandate(mandate.id);
      if (acting.peek()?.person === mandate.person) acting.value = null;
      onClose();
      onEnded();
      toast(t(words.done));
    });
  return (
    <Sheet open={ending !== null} onClose={onClose} title={tx(words.ask)}>
      {ending?.mandate.name && (
        <p>
          <strong>{ending.mandate.name}</strong>
        </p>
      )}
      <p>{tx(words.what)}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <Button look="careful" wide busy={busy} onPress={() => ending && void end(ending.mandate)}>
        {tx(words.deed)}
      </Button>
      <Button wide onPress={onClose}>
        {tx("family.keep")}
      </Button>
    </Sheet>
  );
}
