import { useEffect, useState } from "preact/hooks";
import { findJourneys, type Journeys, type JourneysAsked } from "../../api/journeys";
import { NoAnswerError } from "../../api/problems";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { keepJourney, keyOf, keptJourneys } from "../../offline/journeys";
import { onBack } from "../../state/network";
import { Direct } from "./Direct";
import { joined } from "./joining";
import { JourneyRow } from "./JourneyRow";
import { NothingFound } from "./NothingFound";
import { found } from "./state";

const FRESH_MS = 60_000;

/** The ways that were found, each as a bar. They are asked for again while somebody looks, because buses run late. */
export default function JourneysPage() {
  const question = (place.value.given.question as JourneysAsked | undefined) ?? null;
  if (question === null) {
    return (
      <Page title={t("jo.title")} heading={tx("jo.title")} back="/go">
        <EmptyState icon="go" title={tx("jo.none_asked")} action={<ButtonLink href="/go">{tx("jo.none_asked_do")}</ButtonLink>}>
          {tx("jo.none_asked_how")}
        </EmptyState>
      </Page>
    );
  }
  return <Found key={JSON.stringify(question)} question={question} />;
}

const isOf = (question: JourneysAsked): boolean => JSON.stringify(found.peek()?.question) === JSON.stringify(question);

/** This function will ask, and take the answer as what is found; pages that were added are read again with the next question. */
async function load(question: JourneysAsked): Promise<void> {
  const answer = await findJourneys(question);
  found.value = { question, answer, at: new Date() };
}

function Found({ question }: { readonly question: JourneysAsked }) {
  const [trouble, setTrouble] = useState<unknown>(null);
  const [paged, setPaged] = useState(false);
  const again = (): void => {
    setTrouble(null);
    load(question).catch(setTrouble);
  };
  useEffect(() => {
    if (!isOf(question)) found.value = null;
    if (found.peek() === null || Date.now() - (found.peek()?.at.getTime() ?? 0) > FRESH_MS) again();
  }, []);
  useEffect(() => {
    if (paged) return undefined; // whoever leafs on reads; what they see stays as it is
    const look = (): void => {
      if (document.visibilityState === "visible") load(question).catch(() => undefined); // what was found stays
    };
    const timer = setInterval(look, FRESH_MS);
    const stop = onBack(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [paged]);
  const last = found.value;
  const known = last && isOf(question) ? last.answer : undefined;
  return (
    <Page title={t("jo.title")} heading={tx("jo.title")} back="/go">
      <p class="lead">{tx("jo.ends", { from: known?.from.name || question.from.name, to: known?.to.name || question.to.name })}</p>
      <Asked question={question} />
      {trouble !== null && !known && <Refused trouble={trouble} onAgain={again} />}
      {!known && trouble === null && <Skeleton lines={5} words="jo.asking" />}
      {known && <Answer answer={known} question={question} onPaged={() => setPaged(true)} />}
    </Page>
  );
}

function Asked({ question: { at, is_arriving } }: { readonly question: JourneysAsked }) {
  if (at === undefined) return <p class="soft">{tx("jo.leave_now")}</p>;
  return <p class="soft">{tx(is_arriving ? "jo.arrive" : "jo.leave", { time: <DateTime at={at} /> })}</p>;
}

function Refused({ trouble, onAgain }: { readonly trouble: unknown; readonly onAgain: () => void }) {
  const offline = trouble instanceof NoAnswerError;
  const kept = keptJourneys().length > 0;
  return (
    <Notice kind="warn" title={offline ? tx("jo.offline") : problemText(trouble)} spoken>
      {offline && kept && <p>{tx("jo.offline_kept")}</p>}
      <div class="chips">
        <Button onPress={onAgain}>{tx("again")}</Button>
        <ButtonLink href="/go">{tx("jo.change")}</ButtonLink>
      </div>
    </Notice>
  );
}

interface AnswerProps {
  readonly answer: Journeys;
  readonly question: JourneysAsked;
  readonly onPaged: () => void;
}

/** This function will keep a journey on the phone and give the address under which it is read. */
function opened(journey: Journeys["journeys"][number], answer: Journeys, question: JourneysAsked, at: Date): string {
  const key = keyOf(journey);
  keepJourney({
    key,
    at: at.toISOString(),
    question,
    from: answer.from.name || question.from.name || "",
    to: answer.to.name || question.to.name || "",
    journey,
    alerts: answer.alerts,
    attribution: answer.attribution,
  });
  return key;
}

function Answer({ answer, question, onPaged }: AnswerProps) {
  const now = useNow(15_000);
  const at = found.value?.at ?? now;
  const keep = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const key = link?.getAttribute("href")?.split("/").at(-1);
    const journey = [...answer.journeys, ...answer.direct].find((each) => keyOf(each) === key);
    if (journey) opened(journey, answer, question, at);
  };
  return (
    <div class="stack" onClickCapture={keep}>
      <p class="hidden" role="status">
        {answer.journeys.length > 0 && t("jo.count", { count: answer.journeys.length })}
      </p>
      {answer.journeys.length === 0 ? (
        <NothingFound answer={answer} question={question} onChange={(changed) => go("/go/journeys", { replace: true, given: { question: changed } })} />
      ) : (
        <>
          <More side="earlier" answer={answer} question={question} onPaged={onPaged} />
          <ul class="journeys" aria-label={t("jo.title")}>
            {answer.journeys.map((journey) => (
              <JourneyRow key={journey.id} journey={journey} now={now} href={`/go/journeys/${keyOf(journey)}`} />
            ))}
          </ul>
          <More side="later" answer={answer} question={question} onPaged={onPaged} />
        </>
      )}
      <Direct journeys={answer.direct} />
      <List>
        <Row icon="clock" title={tx("jo.change")} href="/go" />
      </List>
      {answer.attribution && <p class="soft small">{tx("jd.source", { name: answer.attribution })}</p>}
    </div>
  );
}

/** More journeys, before or after those shown. */
function More({ side, answer, question, onPaged }: AnswerProps & { readonly side: "earlier" | "later" }) {
  const { busy, trouble, setTrouble, run } = useDeed();
  const cursor = answer[side];
  if (cursor === "") return null;
  const load = async (): Promise<void> => {
    onPaged();
    const page = await findJourneys({ ...question, cursor });
    const known = new Set(answer.journeys.map(({ id }) => id));
    if (page.journeys.every(({ id }) => known.has(id))) setTrouble(t("jo.no_more"));
    found.value = { question, answer: joined(found.peek()?.answer ?? answer, page, side), at: new Date() };
  };
  return (
    <>
      <Button wide look="quiet" busy={busy} onPress={() => void run(load)}>
        {tx(`jo.more_${side}`)}
      </Button>
      {trouble && (
        <p class="soft" role="status">
          {trouble}
        </p>
      )}
    </>
  );
}
