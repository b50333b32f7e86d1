import { useEffect, useState } from "preact/hooks";
import { readVerifications } from "../../api/accounts";
import type { Page as Pages, Verification } from "../../api/types";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

const KINDS: Readonly<Record<Verification["kind"], { readonly icon: IconName; readonly word: TextKey }>> = {
  card: { icon: "safe", word: "id.kind_card" },
  counter: { icon: "counter", word: "id.kind_counter" },
  upgrade: { icon: "home", word: "id.kind_upgrade" },
  merge: { icon: "person", word: "id.kind_merge" },
  factors: { icon: "key", word: "id.kind_factors" },
};

const PAPERS: Readonly<Record<string, TextKey>> = {
  drivers_licence: "paper.drivers_licence",
  my_number_card: "paper.my_number_card",
  passport: "paper.passport",
  residence_card: "paper.residence_card",
  health_insurance: "paper.health_insurance",
  pension_book: "paper.pension_book",
  medical_certificate: "paper.medical_certificate",
  official_letter: "paper.official_letter",
};

const paper = (kind: string): string => {
  const key = PAPERS[kind];
  return key ? t(key) : kind;
};

/** How I came to be known as surely as I am, newest first. */
export default function HistoryPage() {
  const [steps, setSteps] = useState<readonly Verification[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = async (cursor: string | null): Promise<void> => {
    setTrouble(null);
    try {
      const page: Pages<Verification> = await readVerifications(cursor);
      setSteps((before) => [...(cursor === null ? [] : (before ?? [])), ...page.results]);
      setNext(page.next);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(null), []);
  return (
    <Page title={t("id.history")} heading={tx("id.history")} back="/me/id">
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!steps && !trouble && <Skeleton />}
      {steps?.length === 0 && (
        <EmptyState
          icon="safe"
          title={tx("id.no_history")}
          action={
            <ButtonLink look="main" href="/me/id">
              {tx("id.raise")}
            </ButtonLink>
          }
        >
          {tx("id.no_history_what")}
        </EmptyState>
      )}
      {steps && steps.length > 0 && (
        <List>
          {steps.map((step) => (
            <Row
              key={step.id}
              icon={KINDS[step.kind].icon}
              title={tx(KINDS[step.kind].word)}
              detail={
                <>
                  <DateTime at={step.created_at} />
                  {step.documents.length > 0 && ` · ${step.documents.map(paper).join(", ")}`}
                </>
              }
              end={tx("level.badge", { level: step.level_after })}
            />
          ))}
        </List>
      )}
      {next !== null && (
        <Button wide onPress={() => void load(next)}>
          {tx("id.more")}
        </Button>
      )}
    </Page>
  );
}
