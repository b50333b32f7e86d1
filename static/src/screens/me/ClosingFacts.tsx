import type { Closing } from "../../api/types";
import { ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";

/** What goes, what stays, what is lost and what stands in the way: all of it, before anything can be pressed. */
export function ClosingFacts({ closing }: { readonly closing: Closing }) {
  return (
    <>
      {closing.obstacles.map(({ code, words }) => (
        <Notice key={code} kind="error" title={words} />
      ))}
      {[...closing.gives_up, ...closing.notices].map(({ code, words }) => (
        <Notice key={code} kind="warn" title={words}>
          {code === "wallet.coins" && (
            <ButtonLink look="quiet" href="/pay/payout">
              {tx("closing.payout")}
            </ButtonLink>
          )}
        </Notice>
      ))}
      <Card title={tx("closing.goes")}>
        <Lines lines={closing.goes} />
      </Card>
      <Card title={tx("closing.stays")}>
        <Lines lines={closing.stays} />
      </Card>
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
