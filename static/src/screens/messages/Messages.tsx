import { useEffect, useState } from "preact/hooks";
import { markAllRead, readMessages, type Message } from "../../api/messages";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { isLanguage, LANGUAGE_TAGS, t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { together } from "../../live/inbox";
import { inbox } from "../../state/inbox";

/** Everything the city told this person, newest first; what comes while the page is open appears by itself. */
export default function Messages() {
  const [pages, setPages] = useState<readonly Message[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [trouble, setTrouble] = useState<string | null>(null);

  const load = async (cursor: string | null): Promise<void> => {
    setLoading(true);
    setTrouble(null);
    try {
      const page = await readMessages(cursor);
      setPages((held) => together(held, page.results));
      setNext(page.next);
    } catch (error) {
      setTrouble(problemText(error));
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void load(null), []);

  const readAll = async (): Promise<void> => {
    try {
      await markAllRead();
      setPages((held) => held.map((each) => ({ ...each, is_read: true, version: 2 })));
      toast(t("messages.all_read"));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };

  const shown = together(pages, inbox.value?.messages ?? []);
  const unread = inbox.value ? inbox.value.unread.unread > 0 : shown.some(({ is_read }) => !is_read);
  return (
    <Page title={t("messages.title")} heading={tx("messages.title")} back="/">
      {shown.length > 0 && (
        <List label={t("messages.title")}>
          {shown.map((message) => (
            <Line key={message.id} message={message} />
          ))}
        </List>
      )}
      {trouble && (
        <Notice kind="warn" title={trouble} spoken>
          <Button onPress={() => void load(next)}>{tx("again")}</Button>
        </Notice>
      )}
      {shown.length === 0 && loading && <Skeleton lines={5} />}
      {shown.length === 0 && !loading && !trouble && (
        <EmptyState
          icon="bell"
          title={tx("messages.empty")}
          action={<ButtonLink href="/me/messages">{tx("messages.settings")}</ButtonLink>}
        >
          {tx("messages.empty_how")}
        </EmptyState>
      )}
      {next !== null && (
        <Button wide busy={loading} onPress={() => void load(next)}>
          {tx("history.more")}
        </Button>
      )}
      {unread && (
        <Button wide icon="check" onPress={() => void readAll()}>
          {tx("messages.read_all")}
        </Button>
      )}
      {shown.length > 0 && <ButtonLink wide look="quiet" href="/me/messages">{tx("messages.settings")}</ButtonLink>}
    </Page>
  );
}

function Line({ message }: { readonly message: Message }) {
  const life = message.priority === "life";
  return (
    <Row
      icon={life ? "warn" : message.is_read ? "mail" : "bell"}
      tone={message.is_read ? "muted" : "out"}
      href={`/messages/${message.id}`}
      title={<span lang={isLanguage(message.language) ? LANGUAGE_TAGS[message.language] : undefined}>{message.title}</span>}
      detail={
        <>
          {life && <strong>{tx("messages.life")} · </strong>}
          {!message.is_read && <strong>{tx("messages.unread")} · </strong>}
          <DateTime at={message.at} show="brief" />
        </>
      }
    />
  );
}
