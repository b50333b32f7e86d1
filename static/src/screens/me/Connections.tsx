import { useEffect, useState } from "preact/hooks";
import { disconnect, myConnections, type Connection } from "../../api/connections";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

/** What a service may be shown, in words. */
function shown(connection: Connection): string {
  const words = {
    profile: t("connections.class_profile"),
    contact: t("connections.class_contact"),
    identity: t("connections.class_identity"),
  };
  const named = connection.classes.map((each) => words[each as keyof typeof words] ?? each);
  return named.length === 0 ? t("connections.number_only") : named.join(t("connections.and"));
}

/** Services that know me by this ID: when they last did, what they asked for, and a way to end it. */
export default function Connections() {
  const [mine, setMine] = useState<readonly Connection[] | null>(null);
  const [ending, setEnding] = useState<Connection | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = async (): Promise<void> => {
    setTrouble(null);
    try {
      setMine((await myConnections()).results);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void read(), []);

  const end = async (connection: Connection): Promise<void> => {
    setEnding(null);
    try {
      await disconnect(connection.id);
      toast(t("connections.ended", { name: connection.name }));
    } catch (error) {
      return setTrouble(problemText(error));
    }
    await read();
  };

  return (
    <Page title={t("connections.title")} heading={tx("connections.title")} back="/me">
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!mine && !trouble && <Skeleton />}
      {mine?.length === 0 && (
        <EmptyState icon="send" title={tx("connections.none")}>
          {tx("connections.none_what")}
        </EmptyState>
      )}
      {mine && mine.length > 0 && (
        <>
          <p class="soft">{tx("connections.how")}</p>
          <List label={t("connections.title")}>
            {mine.map((each) => (
              <Row
                key={each.id}
                icon="send"
                title={each.name}
                detail={
                  <>
                    {each.organisation} · {shown(each)} · {tx("connections.used", { time: <DateTime at={each.last_used_at} /> })}
                  </>
                }
                onPress={() => setEnding(each)}
              />
            ))}
          </List>
        </>
      )}
      <Sheet open={ending !== null} onClose={() => setEnding(null)} title={tx("connections.end_ask")}>
        {ending && (
          <>
            <p>
              <strong>{ending.name}</strong> · {ending.organisation}
            </p>
            <p>{tx("connections.end_what")}</p>
            <Button look="main" wide onPress={() => void end(ending)}>
              {tx("connections.end")}
            </Button>
          </>
        )}
        <Button wide onPress={() => setEnding(null)}>
          {tx("connections.stay")}
        </Button>
      </Sheet>
    </Page>
  );
}
