import { useEffect, useState } from "preact/hooks";
import { protects, readFamily, type Mandate } from "../../api/family";
import { Card } from "../../components/Card";
import { List, Row } from "../../components/List";
import { tx } from "../../i18n";
import { acting, actFor } from "../../state/acting";

/** A parent or guardian answers for who is in their care; the city says so too. */
const decides = ({ role, scopes }: Mandate): boolean => protects(role) && scopes.includes("accounts");

/** For whom the answer is, where one may answer for somebody else: the page begins anew as theirs. */
export function ForWhom() {
  const [mandates, setMandates] = useState<readonly Mandate[]>([]);
  useEffect(() => {
    if (acting.peek()) return;
    readFamily().then(
      (family) => setMandates(family.i_act_for.filter(decides)),
      () => undefined, // without it one answers for oneself
    );
  }, []);
  if (mandates.length === 0) return null;
  return (
    <Card title={tx("ask.for_whom")}>
      <List>
        {mandates.map(({ id, person, name, scopes, role }) => (
          <Row
            key={id}
            icon="family"
            title={tx("ask.for_other", { name })}
            onPress={() => person !== null && actFor({ person, name, scopes, protects: protects(role) })}
          />
        ))}
      </List>
    </Card>
  );
}
