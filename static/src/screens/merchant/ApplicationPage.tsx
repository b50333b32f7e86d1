import { useEffect, useState } from "preact/hooks";
import { myApplications, readApplication, withdrawApplication, type Application, type Applications } from "../../api/merchants";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Icon } from "../../components/Icon";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { Form } from "./Form";
import { NEXT_WORDS, STATE_ICONS, STATE_WORDS } from "./states";

/** One application: a form while it is mine, and where it stands while the city has it. */
export default function ApplicationPage({ values }: { readonly values: Values }) {
  const [found, setFound] = useState<Application | null>(null);
  const [all, setAll] = useState<Applications | null>(null);
  const [writes, setWrites] = useState(false);
  const deed = useDeed();
  useEffect(() => {
    const read = async (): Promise<void> => {
      const [one, mine] = await Promise.all([readApplication(values.id ?? ""), myApplications()]);
      setAll(mine);
      setFound(one);
      setWrites(one.state === "draft");
    };
    void deed.run(read);
  }, [values.id]);
  if (found && all && writes) {
    return (
      <Form
        application={found}
        all={all}
        onSent={(sent) => {
          setFound(sent);
          setWrites(false);
        }}
      />
    );
  }
  return (
    <Page title={t("merchant.title")} heading={tx("merchant.title")} back="/merchant">
      {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
      {!found && !deed.trouble && <Skeleton lines={5} />}
      {found && <Standing found={found} deed={deed} onFound={setFound} onMend={() => setWrites(true)} />}
    </Page>
  );
}

interface StandingProps {
  readonly found: Application;
  readonly deed: ReturnType<typeof useDeed>;
  readonly onFound: (found: Application) => void;
  readonly onMend: () => void;
}

function Standing({ found, deed, onFound, onMend }: StandingProps) {
  const { id, state, answers, steps } = found;
  return (
    <>
      <Card title={answers.shop_name || tx("merchant.nameless")}>
        <p class="lead">
          <Icon name={STATE_ICONS[state]} /> {tx(STATE_WORDS[state])}
        </p>
        <p>{tx(NEXT_WORDS[state])}</p>
      </Card>
      {steps.length > 0 && (
        <Card title={tx("merchant.history")}>
          <dl class="facts">
            {steps.map((step) => (
              <div class="facts-pair" key={step.at + step.state}>
                <dt>
                  <DateTime at={step.at} />
                </dt>
                <dd>
                  {tx(STATE_WORDS[step.state])}
                  {step.why && <p class="merchant-why">{step.why}</p>}
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {state === "sent_back" && (
        <Button look="main" wide onPress={onMend}>
          {tx("merchant.mend")}
        </Button>
      )}
      {state === "approved" && (
        <ButtonLink look="main" wide href="/till">
          {tx("merchant.to_till")}
        </ButtonLink>
      )}
      {(state === "waiting" || state === "sent_back") && (
        <Button wide busy={deed.busy} onPress={() => void deed.run(async () => onFound(await withdrawApplication(id)))}>
          {tx("merchant.withdraw")}
        </Button>
      )}
    </>
  );
}
