/** Help for trying the town out. A real town does not answer these questions, and then nothing of this is shown. */
import { useEffect, useState } from "preact/hooks";
import { demoCodes, demoPersonas } from "../../api/accounts";
import type { Address } from "../../api/allauth";
import { ProblemError } from "../../api/problems";
import type { Persona } from "../../api/types";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { sendCode } from "./flow";

const ROLES: Readonly<Record<string, TextKey>> = {
  resident: "role.resident",
  tourist: "role.tourist",
  merchant: "role.merchant",
  driver: "role.driver",
  officer: "role.officer",
  administrator: "role.administrator",
};

/** The city may call a role merchant.cashier; the word that matters stands somewhere in it. */
function roleText(role: string): string {
  const known = Object.keys(ROLES).find((each) => role.includes(each));
  const key = known === undefined ? undefined : ROLES[known];
  return key ? t(key) : role;
}

export function DemoPeople() {
  const [people, setPeople] = useState<readonly Persona[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    demoPersonas().then(
      ({ personas }) => setPeople(personas),
      () => setPeople([]),
    );
  }, []);
  if (people.length === 0) return null;
  return (
    <Card title={tx("demo.title")} tone="calm">
      <p class="soft">{tx("demo.lead")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <List>
        {people.map((person) => (
          <Row
            key={person.email}
            icon="person"
            title={person.name}
            detail={roleText(person.role)}
            onPress={() => {
              sendCode("in", { email: person.email }).catch((error: unknown) => setTrouble(problemText(error)));
            }}
          />
        ))}
      </List>
    </Card>
  );
}

const POLL_MS = 1_500;

/** The code that would arrive by mail or SMS, shown under the field and filled in by one tap. */
export function DemoCode({ address, sentAt, onCode }: { readonly address: Address; readonly sentAt: number; readonly onCode: (code: string) => void }) {
  const [code, setCode] = useState<string | null>(null);
  const to = "email" in address ? address.email : address.phone;
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const { codes } = await demoCodes();
        const mine = codes.filter((each) => each.channel !== "app" && each.to.toLowerCase() === to.toLowerCase());
        const newest = mine.sort((left, right) => Date.parse(right.sent_at) - Date.parse(left.sent_at))[0];
        if (!stopped) setCode(newest?.code ?? null);
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return; // a real town: there is nothing to wait for
      }
      if (!stopped) timer = setTimeout(() => void look(), POLL_MS);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [to, sentAt]);
  if (code === null) return null;
  return (
    <Notice kind="info" title={tx("code.demo")}>
      <Button onPress={() => onCode(code)}>{tx("code.demo_fill", { code })}</Button>
    </Notice>
  );
}
