import { tx } from "../i18n";
import { managesCity, runsTill, worksAtCounter } from "../state/session";
import { List, Row } from "./List";

/** The ways to a person's work, for those who have one here. */
export function Work() {
  if (!runsTill.value && !worksAtCounter.value && !managesCity.value) return null;
  return (
    <List>
      {runsTill.value && <Row icon="till" title={tx("home.till")} href="/till" />}
      {worksAtCounter.value && <Row icon="counter" title={tx("counter.open")} href="/counter" />}
      {(worksAtCounter.value || managesCity.value) && (
        <Row icon="send" title={tx("messages.write")} href="/admin/broadcasts/" outside />
      )}
      {worksAtCounter.value && <Row icon="trash" title={tx("closing.desk")} href="/counter/close" />}
      {managesCity.value && <Row icon="office" title={tx("home.admin")} href="/admin/" outside />}
    </List>
  );
}
