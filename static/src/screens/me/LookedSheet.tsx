import { Fragment, type ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { readLogKeys, readProof } from "../../api/accesses";
import type { Looked } from "../../api/types";
import { Button } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { Icon, type IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { useDeed } from "../../components/useDeed";
import { tx, type TextKey } from "../../i18n";
import { canCheck, check, type Checked, type Outcome, type Step } from "../../proofs/check";
import { keepHead, knownHead } from "../../proofs/head-memory";
import { whose } from "../../api/acting";
import { me } from "../../state/session";

const STEPS: readonly Step[] = ["shown", "place", "signature", "growth"];
const SIGNS: Readonly<Record<Outcome, IconName>> = { holds: "check", broken: "error", unable: "warn", first: "info" };
const VERDICTS = { holds: "done", partly: "info", broken: "error" } as const;

/** One look in full, and the button by which this phone checks for itself that nobody has changed the entry. */
export function LookedSheet({ look, onClose }: { readonly look: Looked | null; readonly onClose: () => void }) {
  return (
    <Sheet open={look !== null} onClose={onClose} title={tx("looked.one")}>
      {look && (
        <>
          <p>
            <strong>{look.sentence}</strong>
          </p>
          <Facts look={look} />
          <Check key={look.id} look={look} />
        </>
      )}
    </Sheet>
  );
}

function Facts({ look }: { readonly look: Looked }) {
  const facts: readonly (readonly [TextKey, ComponentChildren])[] = [
    ["looked.when", <DateTime at={look.at} />],
    ["looked.who", look.who.name],
    ["looked.purpose", <Words words={look.purpose.words} code={look.purpose.code} />],
    ["looked.data", look.classes.map(({ words, code }) => <Words key={code} words={words} code={code} />)],
    ...(look.reason ? [["looked.reason", look.reason] as const] : []),
    ["looked.ground", <Words words={tx(GROUNDS[look.ground] ?? "looked.ground_other")} code={look.ground} />],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{tx(name)}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {look.consents.length > 0 && (
        <List>
          {look.consents.map(({ id, agreement_id: agreement }) => (
            <Row key={id} icon="receipt" title={tx("looked.consent")} href={`/me/consents/${agreement}/receipts/${id}`} />
          ))}
        </List>
      )}
      {look.again && <p class="small">{tx("looked.repeated")}</p>}
    </>
  );
}

const GROUNDS: Readonly<Record<string, TextKey>> = {
  self: "looked.ground_self",
  system: "looked.ground_system",
  office: "looked.ground_office",
  delegate: "looked.ground_delegate",
  grant: "looked.ground_grant",
  glass: "looked.ground_glass",
};

/** What the city calls it, and the name under which it stands in the log. */
function Words({ words, code }: { readonly words: ComponentChildren; readonly code: string }) {
  return (
    <span class="looked-words">
      {words} <code class="looked-code">{code}</code>
    </span>
  );
}

function Check({ look }: { readonly look: Looked }) {
  const [found, setFound] = useState<Checked | null>(null);
  const { busy, trouble, run } = useDeed();
  const person = whose() ?? me.value?.resident_id;

  const verify = (): Promise<void> =>
    run(async () => {
      if (person === undefined) return;
      const known = knownHead();
      const [proof, { keys }] = await Promise.all([readProof(look.id, known?.size ?? 0), readLogKeys()]);
      const checked = await check(look, proof, keys, { me: person, known });
      if (checked.head !== null) keepHead(checked.head);
      setFound(checked);
    });
  if (!canCheck()) return <Notice kind="info" title={tx("looked.no_check")} />;
  return (
    <>
      {found && <Result found={found} />}
      {trouble !== null && <Notice kind="warn" title={trouble} spoken />}
      {!found && (
        <>
          <p class="small soft">{tx("looked.check_what")}</p>
          <Button look="main" wide icon="safe" busy={busy} onPress={() => void verify()}>
            {tx("looked.check")}
          </Button>
        </>
      )}
    </>
  );
}

function Result({ found }: { readonly found: Checked }) {
  return (
    <Notice kind={VERDICTS[found.verdict]} title={tx(`looked.verdict_${found.verdict}`)} spoken>
      <ul class="looked-steps">
        {STEPS.map((step) => (
          <li key={step} class={`looked-step looked-step-${found.steps[step]}`}>
            <Icon name={SIGNS[found.steps[step]]} size="s" />
            <span>
              {tx(`looked.step_${step}`)}: <strong>{tx(`looked.is_${found.steps[step]}`)}</strong>
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
