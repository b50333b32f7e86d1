import { useEffect } from "preact/hooks";
import { Page } from "../../app/Page";
import { ButtonLink } from "../../components/Button";
import { t, tx } from "../../i18n";
import { coin, startCoin } from "../../state/wallet";

const STEPS = [1, 2, 3] as const;

/** How money comes in: over a counter, by showing one's code. */
export default function Counter() {
  useEffect(() => void startCoin().catch(() => undefined), []);
  return (
    <Page
      title={t("topup.counter")}
      heading={tx("topup.counter")}
      back="/pay/top-up"
      foot={
        <ButtonLink look="main" wide icon="code" href="/pay/code">
          {tx("topup.show")}
        </ButtonLink>
      }
    >
      <ol class="steps">
        {STEPS.map((step) => (
          <li key={step} class="step">
            <span class="step-number" aria-hidden="true">
              {step}
            </span>
            <span>{tx(`topup.step_${step}`)}</span>
          </li>
        ))}
      </ol>
      {coin.value && <p class="soft">{tx("topup.limit", { amount: coin.value.limits.balance })}</p>}
    </Page>
  );
}
