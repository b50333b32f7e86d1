import { useEffect, useRef, useState } from "preact/hooks";
import { saveApplication, submitApplication, type Answers, type Application, type Applications } from "../../api/merchants";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { Tick, Ticks } from "../../components/Tick";
import { t, tx, type TextKey } from "../../i18n";
import { spansText } from "../shops/week";
import { ATTACHMENT_WORDS, AttachmentFields } from "./AttachmentFields";
import { faultsIn, type Faults } from "./faults";
import { PayoutFields } from "./PayoutFields";
import { addressText } from "./place";
import { PlaceFields } from "./PlaceFields";
import { ShopFields, textField } from "./ShopFields";
import { useFormDeed } from "./useFormDeed";

type Step = "shop" | "place" | "who" | "account" | "papers" | "check";

const TITLES: Readonly<Record<Step, TextKey>> = {
  shop: "merchant.step_shop",
  place: "merchant.step_place",
  who: "merchant.step_who",
  account: "merchant.step_account",
  papers: "merchant.step_papers",
  check: "merchant.step_check",
};
/** Which fields each step asks, by how their names begin. */
const FIELDS: Readonly<Record<Step, readonly string[]>> = {
  shop: ["shop_name", "trade", "district"],
  place: ["details"],
  who: ["legal_name", "representative"],
  account: ["payout"],
  papers: ["attachments"],
  check: [],
};

interface FormProps {
  readonly application: Application;
  readonly all: Applications;
  readonly onSent: (sent: Application) => void;
}

/** The application, one question a step; what is written is kept with every step, so that it can be gone on with elsewhere. */
export function Form({ application, all, onSent }: FormProps) {
  const steps: readonly Step[] = application.is_branch
    ? ["shop", "place", "papers", "check"]
    : ["shop", "place", "who", "account", "papers", "check"];
  const [step, setStep] = useState<Step>("shop");
  const [answers, setAnswers] = useState(application.answers);
  const [kept, setKept] = useState(application);
  const [agreed, setAgreed] = useState(false);
  const { busy, trouble, setTrouble, run, faults } = useFormDeed((found) => {
    const wrong = steps.find((each) => faultsIn(found, ...FIELDS[each]));
    if (wrong) setStep(wrong);
    return found;
  });
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.scrollIntoView?.(), [step]);
  const at = steps.indexOf(step);
  const form = { answers, onAnswers: setAnswers, faults };

  const move = (to: Step): Promise<void> =>
    run(async () => {
      setKept(await saveApplication(application.id, answers));
      setStep(to);
    });
  const send = (): Promise<void> => {
    if (!agreed) {
      setTrouble(t("merchant.agree_first"));
      return Promise.resolve();
    }
    return run(async () => onSent(await submitApplication(application.id, all.terms)));
  };
  const next = steps[at + 1];
  return (
    <Page
      title={t(TITLES[step])}
      heading={tx(TITLES[step])}
      back="/merchant"
      foot={
        <>
          {next ? (
            <Button look="main" wide busy={busy} onPress={() => void move(next)}>
              {tx("merchant.on")}
            </Button>
          ) : (
            <Button look="main" wide icon="send" busy={busy} onPress={() => void send()}>
              {tx("merchant.send")}
            </Button>
          )}
          <Button wide onPress={() => (at > 0 ? setStep(steps[at - 1] ?? "shop") : go("/merchant"))}>
            {tx("merchant.step_back")}
          </Button>
        </>
      }
    >
      <div ref={top} />
      <p class="soft">{tx("merchant.step_of", { number: at + 1, all: steps.length })}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {step === "shop" && <ShopFields {...form} trades={all.trades} />}
      {step === "place" && (
        <PlaceFields details={answers.details} onDetails={(details) => setAnswers({ ...answers, details })} faults={faults} />
      )}
      {step === "who" && <Who {...form} />}
      {step === "account" && (
        <PayoutFields wish={answers.payout} onWish={(payout) => setAnswers({ ...answers, payout })} faults={faults} />
      )}
      {step === "papers" && <AttachmentFields application={kept} onApplication={setKept} faults={faults} />}
      {step === "check" && <Check kept={kept} terms={all} agreed={agreed} onAgreed={setAgreed} />}
    </Page>
  );
}

function Who(form: { readonly answers: Answers; readonly onAnswers: (answers: Answers) => void; readonly faults: Faults }) {
  const field = textField(form);
  return (
    <>
      <Field {...field("legal_name", 120)} hint={tx("merchant.legal_hint")} />
      <Field {...field("representative")} />
      <Field {...field("representative_kana")} hint={tx("merchant.kana_hint")} />
    </>
  );
}

interface CheckProps {
  readonly kept: Application;
  readonly terms: Applications;
  readonly agreed: boolean;
  readonly onAgreed: (agreed: boolean) => void;
}

/** Everything once more, and the terms. */
function Check({ kept, terms, agreed, onAgreed }: CheckProps) {
  const { answers, is_branch, bank_name, branch_name } = kept;
  const trade = terms.trades.find(({ code }) => code === answers.trade)?.words ?? "";
  const rows: readonly (readonly [TextKey, string])[] = [
    ["merchant.shop_name", `${answers.shop_name}（${answers.shop_name_kana}）${answers.shop_name_en}`],
    ["merchant.trade", trade],
    ["merchant.address", addressText(answers)],
    ["merchant.telephone", answers.details.telephone],
    ["shops.hours", spansText(answers.details.hours?.spans ?? [])],
    ...(is_branch
      ? []
      : ([
          ["merchant.legal_name", answers.legal_name],
          ["merchant.representative", answers.representative],
          ["merchant.account", `${bank_name} ${branch_name} ${answers.payout.number} ${answers.payout.holder}`],
        ] as const)),
  ];
  const counts = kept.attachments_asked.map(({ kind }) => [kind, kept.attachments.filter((each) => each.kind === kind).length] as const);
  return (
    <>
      <dl class="facts">
        {rows.map(([word, said]) => (
          <div class="facts-pair" key={word}>
            <dt>{tx(word)}</dt>
            <dd>{said}</dd>
          </div>
        ))}
        {counts.map(([kind, count]) => (
          <div class="facts-pair" key={kind}>
            <dt>{tx(ATTACHMENT_WORDS[kind])}</dt>
            <dd>{tx("merchant.paper_count", { count })}</dd>
          </div>
        ))}
      </dl>
      <Card title={tx("merchant.terms")}>
        <ul class="lines">
          <li>{tx("merchant.terms_1")}</li>
          <li>{tx("merchant.terms_2")}</li>
          <li>{tx("merchant.terms_3")}</li>
          <li>{tx("merchant.terms_4")}</li>
        </ul>
        <p class="soft">{tx("merchant.terms_version", { version: terms.terms })}</p>
      </Card>
      <Ticks label={tx("merchant.agree")}>
        <Tick checked={agreed} onChecked={onAgreed}>
          {tx("merchant.agreed")}
        </Tick>
      </Ticks>
    </>
  );
}
