import { useEffect, useState } from "preact/hooks";
import { lookAt, readFamily, takeUp, type Family, type Invitation } from "../../api/family";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { SignInFirst } from "../../app/SignInFirst";
import { dropLink, useTokenLink } from "../../app/token-link";
import { TokenReader } from "../../app/TokenReader";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { Success } from "../../components/Success";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { actFor } from "../../state/acting";
import { session } from "../../state/session";
import { lastMoment, people, roleText, scopeText, type Other } from "./people";

const LINK = "family";

/** Somebody's invitation: read, understood, and taken up by one press. */
export default function Join() {
  const { token, take, leave } = useTokenLink(LINK);
  const [done, setDone] = useState<Joined | null>(null);
  if (done) return <Done joined={done} />;
  if (session.value.kind === "out") {
    return <SignInFirst title="join.title" words={token === null ? "join.how" : "join.stranger"} button="join.sign_in" next="/family/join" />;
  }
  if (token === null) return <Read onToken={take} />;
  return <Ask token={token} onDone={setDone} onLeave={leave} />;
}

interface Joined {
  readonly other: Other;
  readonly family: Family;
}

function Read({ onToken }: { readonly onToken: (token: string) => void }) {
  return (
    <Page title={t("join.title")} heading={tx("join.title")} back="/me/family">
      <p>{tx("join.how")}</p>
      <TokenReader why="join.scan_why" wrong="join.not_one" onToken={onToken} />
    </Page>
  );
}

interface AskProps {
  readonly token: string;
  readonly onDone: (joined: Joined) => void;
  readonly onLeave: () => void;
}

/** This function will take the invitation up; when the answer was lost, the family tells whether it was done. */
async function join(token: string): Promise<Joined> {
  const before = new Set((await readFamily()).i_act_for.map((each) => each.id));
  let refusal: unknown = null;
  await takeUp(token).catch((error: unknown) => (refusal = error));
  const family = await readFamily();
  const taken = family.i_act_for.find((each) => !before.has(each.id));
  const other = people(family.i_act_for).find((each) => each.person === taken?.person);
  if (!other) throw refusal ?? new Error("the invitation left no trace");
  return { other, family };
}

function Ask({ token, onDone, onLeave }: AskProps) {
  const { busy, trouble, setTrouble, run } = useDeed();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  useEffect(() => {
    setTrouble(null);
    lookAt(token).then(setInvitation, (error: unknown) => setTrouble(problemText(error)));
  }, [token]);
  const take = (): Promise<void> =>
    run(async () => {
      const joined = await join(token);
      dropLink(LINK);
      onDone(joined);
    });
  return (
    <Page
      title={t("join.title")}
      heading={tx("join.title")}
      back="/me/family"
      foot={
        <>
          {invitation && (
            <Button look="main" wide busy={busy} onPress={() => void take()}>
              {tx("join.take")}
            </Button>
          )}
          <Button
            wide
            onPress={() => {
              onLeave();
              go("/", { replace: true });
            }}
          >
            {tx("join.decline")}
          </Button>
        </>
      }
    >
      {!invitation && !trouble && <Skeleton />}
      {invitation && <Who invitation={invitation} />}
      <Card title={tx("join.means")}>
        <ul class="points">
          <li>{tx("join.means_act")}</li>
          <li>{tx("join.means_names")}</li>
          <li>{tx("join.means_end")}</li>
        </ul>
      </Card>
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          <Button onPress={onLeave}>{tx("join.another")}</Button>
        </Notice>
      )}
    </Page>
  );
}

/** Who asks, for what, until when: read before anything is promised. */
function Who({ invitation: { name, role, scopes, ends_at: endsAt } }: { readonly invitation: Invitation }) {
  return (
    <Card>
      <p class="lead">{tx("join.from", { name: <strong>{name || t("me.nameless")}</strong> })}</p>
      <p>{tx("join.ask")}</p>
      <dl class="facts">
        <dt>{tx("join.role")}</dt>
        <dd>{roleText(role)}</dd>
        <dt>{tx("join.scopes")}</dt>
        <dd>{scopes.map(({ words }) => words).join(t("list.and"))}</dd>
        <dt>{tx("join.until")}</dt>
        <dd>{endsAt === null ? tx("days.until_withdrawn") : <DateTime at={lastMoment(endsAt)} show="day" />}</dd>
      </dl>
    </Card>
  );
}

function Done({ joined }: { readonly joined: Joined }) {
  const { other, family } = joined;
  const name = other.name || t("me.nameless");
  const begin = (): void => {
    actFor({ person: other.person, name, scopes: other.scopes });
    go("/", { replace: true });
  };
  return (
    <Page
      title={t("join.done_title")}
      headingHidden
      foot={
        <>
          <Button look="main" wide icon="family" onPress={begin}>
            {tx("family.act", { name })}
          </Button>
          <ButtonLink wide href="/me/family">
            {tx("invite.to_family")}
          </ButtonLink>
        </>
      }
    >
      <Success title={tx("join.done", { name })} said={t("join.done", { name })}>
        <p class="soft">{scopeText(other.scopes, family.scopes)}</p>
      </Success>
    </Page>
  );
}
