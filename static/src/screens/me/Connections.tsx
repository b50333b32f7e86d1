import { disconnect, myConnections, type Connection } from "../../api/connections";
import { Page } from "../../app/Page";
import { DateTime } from "../../components/DateTime";
import { List, Row } from "../../components/List";
import { t, tx } from "../../i18n";
import { Endable } from "./Endable";

/** What a service may read at this moment, in words. */
const readsNow = ({ reads }: Connection): string =>
  reads.length === 0 ? t("connections.number_only") : reads.map(({ data_class: { words } }) => words).join(t("list.and"));

/** Services that know me by this ID: what each may read now, when it last did, a way to take one thing back and to end it all. */
export default function Connections() {
  return (
    <Page title={t("connections.title")} heading={tx("connections.title")} back="/me">
      <Endable<Connection>
        label={t("connections.title")}
        icon={() => "send"}
        empty="send"
        read={myConnections}
        end={disconnect}
        ended={({ name }) => t("connections.ended", { name })}
        name={({ name }) => name}
        place={({ organisation }) => organisation}
        detail={(each) => (
          <>
            {tx("connections.may_read", { data: readsNow(each) })} ·{" "}
            {tx("connections.used", { time: <DateTime at={each.last_used_at} /> })}
          </>
        )}
        more={(each) => <Reads connection={each} />}
        none={{ title: tx("connections.none"), what: tx("connections.none_what") }}
        how={tx("connections.how")}
        ask={{ title: tx("connections.one"), what: tx("connections.end_what"), do: tx("connections.end") }}
      />
    </Page>
  );
}

function Reads({ connection }: { readonly connection: Connection }) {
  if (connection.reads.length === 0) return <p>{tx("connections.reads_nothing")}</p>;
  return (
    <List label={t("connections.reads")}>
      {connection.reads.map(({ data_class: { name, words }, agreement_id: agreement, since }) => (
        <Row
          key={name}
          icon="agree"
          tone="in"
          title={words}
          detail={tx("connections.take_back", { time: <DateTime at={since} show="day" /> })}
          href={`/me/consents/${agreement}`}
        />
      ))}
    </List>
  );
}
