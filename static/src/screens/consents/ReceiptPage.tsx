import { useEffect, useState } from "preact/hooks";
import { consentsTo, publicKeys, readReceipt, type Consent, type Receipt } from "../../api/consents";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Icon } from "../../components/Icon";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { claimsOf, prove, type Proof } from "./proof";

interface Held {
  readonly receipt: Receipt;
  readonly proof: Proof;
  readonly consent: Consent | undefined;
}

async function read(agreement: string, grant: string): Promise<Held> {
  const [receipt, consents, keys] = await Promise.all([
    readReceipt(grant),
    consentsTo(agreement),
    publicKeys().catch(() => null),
  ]);
  const proof = await prove(receipt.receipt, receipt.document, keys);
  return { receipt, proof, consent: consents.results.find(({ id }) => id === grant) };
}

/** The receipt of a yes: what it says, whether it holds, and a file of it to keep. */
export default function ReceiptPage({ values }: { readonly values: Values }) {
  const { agreement = "", grant = "" } = values;
  const [held, setHeld] = useState<Held | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = (): void => {
    setTrouble(null);
    read(agreement, grant).then(setHeld, (error: unknown) => setTrouble(problemText(error)));
  };
  useEffect(load, []);
  return (
    <Page title={t("proof.title")} heading={tx("proof.title")} back={`/me/consents/${agreement}`} foot={held && <Keep held={held} grant={grant} />}>
      {trouble && (
        <Notice kind="warn" title={trouble} spoken>
          <Button onPress={load}>{tx("again")}</Button>
        </Notice>
      )}
      {!held && !trouble && <Skeleton lines={5} />}
      {held && <Facts held={held} />}
      {held && <Proofs proof={held.proof} />}
    </Page>
  );
}

function Facts({ held }: { readonly held: Held }) {
  const claims = claimsOf(held.receipt.receipt);
  const service = claims.services[0];
  const purpose = service?.purposes[0];
  return (
    <Card>
      <p class="receipt-shop">{service?.service}</p>
      <dl class="facts facts-stacked">
        {held.consent && (
          <>
            <dt>{tx("change.title")}</dt>
            <dd>{held.consent.title}</dd>
            <dt>{tx("change.why")}</dt>
            <dd>{held.consent.why}</dd>
          </>
        )}
        <dt>{tx("consent.reads")}</dt>
        <dd>{held.consent?.data_class.words ?? purpose?.piiCategory.join(t("list.and"))}</dd>
        <dt>{tx("consent.since")}</dt>
        <dd>
          <DateTime at={new Date(claims.consentTimestamp * 1000)} />
        </dd>
        <dt>{tx("consent.by")}</dt>
        <dd>{tx(claims.onBehalfBy === "" ? "consent.by_self" : "consent.by_other")}</dd>
        <dt>{tx("proof.version")}</dt>
        <dd>{t("proof.version_number", { number: claims.notice_digest.number })}</dd>
        <dt>{tx("proof.number")}</dt>
        <dd class="proof-sign">{claims.consentReceiptID}</dd>
        <dt>{tx("proof.digest")}</dt>
        <dd class="proof-sign">{claims.notice_digest.value}</dd>
      </dl>
    </Card>
  );
}

const WORDS = {
  words: { true: "proof.words_yes", false: "proof.words_no", null: "proof.words_unknown" },
  signature: { true: "proof.sign_yes", false: "proof.sign_no", null: "proof.sign_unknown" },
} as const satisfies Readonly<Record<keyof Proof, Readonly<Record<string, TextKey>>>>;

/** What this phone reckoned itself. */
function Proofs({ proof }: { readonly proof: Proof }) {
  const [words, signature] = [`${proof.words}`, `${proof.signature}`] as const;
  return (
    <Card title={tx("proof.checked")}>
      <ul class="points points-plain">
        <Verdict good={proof.words} word={WORDS.words[words]} />
        <Verdict good={proof.signature} word={WORDS.signature[signature]} />
      </ul>
      <p class="soft small">{tx("proof.how")}</p>
    </Card>
  );
}

function Verdict({ good, word }: { readonly good: boolean | null; readonly word: TextKey }) {
  return (
    <li class={good === false ? "verdict verdict-bad" : good ? "verdict verdict-good" : "verdict"}>
      <Icon name={good === false ? "error" : good ? "done" : "info"} size="s" />
      <span>{tx(word)}</span>
    </li>
  );
}

/** The file holds the receipt as the city signed it and the words that it names, so that anybody can check both. */
function Keep({ held, grant }: { readonly held: Held; readonly grant: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([JSON.stringify(held.receipt, null, 2)], { type: "application/json" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [held]);
  if (address === null) return null;
  return (
    <a class="button button-plain button-wide" href={address} download={`machi-consent-${grant}.json`}>
      <Icon name="receipt" />
      <span>{tx("proof.keep")}</span>
    </a>
  );
}
