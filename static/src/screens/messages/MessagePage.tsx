import { useEffect, useState } from "preact/hooks";
import { markRead, type Message } from "../../api/messages";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { isLanguage, LANGUAGE_TAGS, t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { inbox, learn } from "../../state/inbox";

/** One message; to open it is to read it. */
export default function MessagePage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const [message, setMessage] = useState<Message | null>(inbox.peek()?.messages.find((each) => each.id === id) ?? null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      const read = await markRead(id);
      setMessage(read);
      learn(read);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(), [id]);

  const tag = message && isLanguage(message.language) ? LANGUAGE_TAGS[message.language] : undefined;
  return (
    <Page
      title={message?.title ?? t("messages.title")}
      heading={message ? <span lang={tag} class="message-title">{message.title}</span> : tx("messages.title")}
      back="/messages"
      foot={
        message &&
        leadsInside(message.link) && (
          <ButtonLink look="main" wide href={message.link}>
            {tx("messages.open")}
          </ButtonLink>
        )
      }
    >
      {trouble && (
        <Notice kind="warn" title={trouble} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!message && !trouble && <Skeleton />}
      {message?.priority === "life" && <Notice kind="error" title={tx("messages.life")} />}
      {message && (
        <Card>
          <p class="soft">
            <DateTime at={message.at} />
          </p>
          {message.body
            .split(/\n+/)
            .filter((part) => part.trim() !== "")
            .map((part, index) => (
              <p key={index} lang={tag} class="message-words">
                {part}
              </p>
            ))}
        </Card>
      )}
    </Page>
  );
}

/** A message leads to places of this app alone. */
export function leadsInside(link: string): boolean {
  return /^\/(?![/\\])/.test(link);
}
