import { useEffect, useState } from "preact/hooks";
import { askedAnew, myConsents, type Agreement, type Consent } from "../../api/consents";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { byRecipient } from "./groups";
import { StateMark } from "./StateMark";

/** To whom I said yes, and who asks me anew. */
export default function Consents() {
  const [consents, setConsents] = useState<readonly Consent[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [asking, setAsking] = useState<readonly Agreement[]>([]);
  const { busy, trouble, run } = useDeed();

  const load = (cursor: string | null): Promise<void> =>
    run(async () => {
      const [page, anew] = await Promise.all([myConsents(cursor), askedAnew()]);
      setConsents((held) => (cursor === null ? page.results : [...(held ?? []), ...page.results]));
      setNext(page.next);
      setAsking(anew.agreements);
    });
  useEffect(() => void load(null), []);

  return (
    <Page title={t("consents.title")} heading={tx("consents.title")} back="/me">
      {asking.map((agreement) => (
        <Notice key={agreement.id} kind="warn" title={tx("consents.anew", { who: agreement.recipient.name })}>
          <p>{tx("consents.anew_what", { title: agreement.title })}</p>
          <ButtonLink href={`/consents/ask/${agreement.id}`}>{tx("consents.anew_open")}</ButtonLink>
        </Notice>
      ))}
      {trouble && (
        <Notice kind="warn" title={trouble} spoken>
          <Button onPress={() => void load(next)}>{tx("again")}</Button>
        </Notice>
      )}
      {!consents && !trouble && <Skeleton lines={4} />}
      {consents?.length === 0 && (
        <EmptyState icon="agree" title={tx("consents.none")}>
          {tx("consents.none_what")}
        </EmptyState>
      )}
      {byRecipient(consents ?? []).map(({ recipient, matters }) => (
        <section key={recipient.id} aria-labelledby={`to-${recipient.id}`}>
          <h2 class="group-title" id={`to-${recipient.id}`}>
            {recipient.name}
          </h2>
          <List>
            {matters.map((matter) => (
              <Row
                key={matter.agreement}
                icon="agree"
                tone={matter.state === "standing" ? "in" : "muted"}
                title={matter.title}
                detail={matter.now.map((each) => each.data_class.words).join(t("list.and"))}
                end={<StateMark state={matter.state} />}
                href={`/me/consents/${matter.agreement}`}
              />
            ))}
          </List>
        </section>
      ))}
      {next !== null && (
        <Button wide busy={busy} onPress={() => void load(next)}>
          {tx("history.more")}
        </Button>
      )}
    </Page>
  );
}
