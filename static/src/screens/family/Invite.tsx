import { useEffect, useRef, useState } from "preact/hooks";
import { invite, type Family, type Invited } from "../../api/family";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { Countdown } from "../../components/Countdown";
import { useNow } from "../../components/DateTime";
import { inFours } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { Success } from "../../components/Success";
import { secondsLeft } from "../../components/time-left";
import { Tick, Ticks, toggled } from "../../components/Tick";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { useFamily } from "./useFamily";

const LOOK_MS = 4_000;
const DAY_S = 24 * 3600;
const TERMS = { months: 92, year: 365, longest: 0 } as const;
type Term = keyof typeof TERMS;

/** Somebody of the family may act for me: in which services, for how long; then a code for their phone, good for a day. */
export default function Invite() {
  const [made, setMade] = useState<Invited | null>(null);
  const { family, trouble } = useFamily(made ? LOOK_MS : null);
  const taken = made ? family?.act_for_me.find((each) => each.id === made.id && each.state === "standing") : undefined;
  if (taken) return <Taken name={taken.name} />;
  if (made) return <Show made={made} />;
  return <Choose family={family} trouble={trouble} onMade={setMade} />;
}

interface ChooseProps {
  readonly family: Family | null;
  readonly trouble: string | null;
  readonly onMade: (made: Invited) => void;
}

function Choose({ family, trouble, onMade }: ChooseProps) {
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [term, setTerm] = useState<Term>("year");
  const [wrong, setWrong] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    if (scopes.length === 0) return setWrong(t("invite.none"));
    setBusy(true);
    setRefused(null);
    try {
      const days = TERMS[term];
      onMade(await invite(scopes, days === 0 ? null : new Date(Date.now() + days * DAY_S * 1000).toISOString()));
    } catch (error) {
      setRefused(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Page
      title={t("invite.title")}
      heading={tx("invite.title")}
      back="/me/family"
      foot={
        <Button look="main" wide busy={busy} onPress={() => void make()}>
          {tx("invite.make")}
        </Button>
      }
    >
      <p>{tx("invite.what")}</p>
      {(trouble || refused) && <Notice kind="error" title={refused ?? trouble} spoken />}
      {!family && !trouble && <Skeleton />}
      {family && (
        <>
          <Ticks label={tx("invite.services")} error={wrong}>
            {family.scopes.map(({ name, words }) => (
              <Tick
                key={name}
                checked={scopes.includes(name)}
                onChecked={(chosen) => {
                  setScopes(toggled(scopes, name, chosen));
                  setWrong(null);
                }}
              >
                {words}
              </Tick>
            ))}
          </Ticks>
          <Choice
            label={tx("invite.term")}
            layout="column"
            value={term}
            onValue={setTerm}
            options={[
              { value: "months", text: tx("invite.term_months") },
              { value: "year", text: tx("invite.term_year") },
              { value: "longest", text: tx("invite.term_longest") },
            ]}
          />
        </>
      )}
    </Page>
  );
}

/** Hours and minutes as a person says them; the last hour in minutes alone. */
function leftText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes >= 60
    ? t("invite.left_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
    : t("invite.left_minutes", { minutes });
}

function Show({ made }: { readonly made: Invited }) {
  const link = useRef(`${window.location.origin}/family/join#${made.token}`).current;
  const seconds = secondsLeft(made.ends_at, useNow());
  const hand = async (): Promise<void> => {
    try {
      if ("share" in navigator) await navigator.share({ url: link });
      else {
        await (navigator as Navigator).clipboard.writeText(link);
        toast(t("invite.copied"));
      }
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) toast(t("invite.not_copied"));
    }
  };
  return (
    <Page
      title={t("invite.show_title")}
      heading={tx("invite.show_title")}
      back="/me/family"
      foot={
        <Button wide icon="send" onPress={() => void hand()}>
          {tx("share" in navigator ? "invite.share" : "invite.copy")}
        </Button>
      }
    >
      <div class="mycode">
        <p class="lead">{tx("invite.show")}</p>
        <QrCode text={link} label={t("invite.picture")} />
        <Countdown seconds={seconds} whole={DAY_S}>
          {seconds > 0 ? tx("invite.left", { time: leftText(seconds) }) : tx("invite.over")}
        </Countdown>
        <details class="qr-twin">
          <summary>{tx("invite.letters")}</summary>
          <p class="qr-letters">{inFours(made.token)}</p>
        </details>
      </div>
      <Notice kind="warn" title={tx("invite.careful")} />
      <p class="soft">{tx("invite.waiting")}</p>
    </Page>
  );
}

function Taken({ name }: { readonly name: string }) {
  useEffect(() => void navigator.vibrate?.(60), []);
  const said = name || t("me.nameless");
  return (
    <Page
      title={t("invite.taken_title")}
      headingHidden
      foot={
        <ButtonLink look="main" wide href="/me/family">
          {tx("invite.to_family")}
        </ButtonLink>
      }
    >
      <Success title={tx("invite.taken", { name: said })} said={t("invite.taken", { name: said })}>
        <p class="soft">{tx("invite.taken_how")}</p>
      </Success>
    </Page>
  );
}
