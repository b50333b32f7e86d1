import { useEffect, useState } from "preact/hooks";
import { giveConsent, readAsked, withdrawConsent, type Asked, type Change, type ChangedField } from "../../api/consents";
import { ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { go, type Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Notice } from "../../components/Notice";
import { Tick, Ticks, toggled } from "../../components/Tick";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { keepsText, lastsText } from "./days";
import { ForWhom } from "./ForWhom";

/** Somebody asks for a yes: who, why, what; nothing is ticked beforehand, and no is as near as yes. */
export default function Ask({ values }: { readonly values: Values }) {
  const id = values.agreement ?? "";
  const [asked, setAsked] = useState<Asked | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const load = async (): Promise<void> => {
    try {
      setAsked(await readAsked(id));
      setTrouble(null);
    } catch (error) {
      setTrouble(error instanceof ProblemError && error.status === 404 ? t("ask.gone") : problemText(error));
    }
  };
  useEffect(() => void load(), []);

  const takeBack = async (classes: readonly string[]): Promise<void> => {
    try {
      await withdrawConsent(id, classes);
      toast(t("consent.withdrawn"));
      go(`/me/consents/${id}`, { replace: true });
    } catch (error) {
      toast(problemText(error));
    }
  };
  const agree = async (): Promise<void> => {
    if (!asked) return;
    if (ticked.length === 0) return setWrong(t("ask.none"));
    setBusy(true);
    setTrouble(null);
    try {
      await giveConsent(id, asked.agreement.revision_id, ticked);
      toast(t("ask.done"), () => void takeBack(ticked));
      go(`/me/consents/${id}`, { replace: true });
    } catch (error) {
      setBusy(false);
      if (error instanceof ProblemError && error.code === "agreement_moved") {
        setTicked([]);
        await load();
      }
      setTrouble(problemText(error));
    }
  };
  const decline = (): void => {
    toast(t("ask.declined"));
    go(asked && asked.agreed_number !== null ? `/me/consents/${id}` : "/", { replace: true });
  };

  const open = asked?.agreement.classes.filter(({ name }) => !asked.standing.includes(name)) ?? [];
  return (
    <Page
      title={t("ask.title")}
      heading={asked ? tx("ask.heading", { who: asked.agreement.recipient.name }) : tx("ask.title")}
      back="/me/consents"
      foot={
        asked && open.length > 0 ? (
          <>
            <Button look="main" wide busy={busy} onPress={() => void agree()}>
              {tx("ask.agree")}
            </Button>
            <Button wide onPress={decline}>
              {tx("ask.decline")}
            </Button>
          </>
        ) : (
          asked && (
            <ButtonLink look="main" wide href={`/me/consents/${id}`}>
              {tx("ask.see")}
            </ButtonLink>
          )
        )
      }
    >
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          {!asked && <Button onPress={() => void load()}>{tx("again")}</Button>}
        </Notice>
      )}
      {!asked && !trouble && <Skeleton lines={5} />}
      {asked && <Why asked={asked} />}
      {asked && asked.changes.length > 0 && <Changes changes={asked.changes} />}
      {asked && open.length === 0 && <Notice kind="info" title={tx("ask.all_given")} />}
      {open.length > 0 && (
        <Ticks label={tx("ask.what")} hint={tx("ask.what_hint")} error={wrong}>
          {open.map(({ name, words }) => (
            <Tick
              key={name}
              checked={ticked.includes(name)}
              onChecked={(chosen) => {
                setTicked(toggled(ticked, name, chosen));
                setWrong(null);
              }}
            >
              {words}
            </Tick>
          ))}
        </Ticks>
      )}
      {asked && open.length > 0 && asked.standing.length > 0 && (
        <p class="soft">
          {tx("ask.given", {
            what: asked.agreement.classes
              .filter(({ name }) => asked.standing.includes(name))
              .map(({ words }) => words)
              .join(t("list.and")),
          })}
        </p>
      )}
      {asked && <p class="soft small">{tx("ask.any_time")}</p>}
      <ForWhom />
    </Page>
  );
}

function Why({ asked }: { readonly asked: Asked }) {
  const { agreement } = asked;
  return (
    <Card>
      <p class="receipt-shop">{agreement.title}</p>
      <p class="lead">{agreement.why}</p>
      <dl class="facts">
        <dt>{tx("consent.who")}</dt>
        <dd>{agreement.recipient.name}</dd>
        <dt>{tx("consent.keeps")}</dt>
        <dd>{keepsText(agreement.keeps_days)}</dd>
        <dt>{tx("ask.lasts")}</dt>
        <dd>{lastsText(agreement.lasts_days)}</dd>
      </dl>
      <p>
        <strong>{tx("ask.without")}</strong>
        <br />
        {agreement.stops}
      </p>
    </Card>
  );
}

const FIELDS: Readonly<Record<ChangedField, TextKey>> = {
  classes: "consent.reads",
  keeps_days: "consent.keeps",
  lasts_days: "ask.lasts",
  title: "change.title",
  why: "change.why",
  stops: "consent.stops",
};

/** A change's side as a person reads it: days in words, nothing as "none". */
function said(field: ChangedField, text: string): string {
  if (field === "keeps_days") return keepsText(Number(text));
  if (field === "lasts_days") return lastsText(text === "" ? null : Number(text));
  return text === "" ? t("change.nothing") : text;
}

/** What is new since the last yes: before, then after. */
function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <Card title={tx("change.heading")}>
      <ul class="changes">
        {changes.map((change) => (
          <li key={`${change.field} ${change.before} ${change.after}`} class="change">
            <p class="change-field">
              {tx(FIELDS[change.field])}
              {change.widens && (
                <span class="state state-left_behind">
                  <Icon name="warn" size="s" />
                  <span>{tx("change.wider")}</span>
                </span>
              )}
            </p>
            <dl class="change-sides">
              <dt>{tx("change.before")}</dt>
              <dd>{said(change.field, change.before)}</dd>
              <dt>{tx("change.after")}</dt>
              <dd>
                <strong>{said(change.field, change.after)}</strong>
              </dd>
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
}
