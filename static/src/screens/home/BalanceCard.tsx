import { BalanceView } from "../../components/BalanceView";
import { ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Frozen } from "../../components/Frozen";
import { tx } from "../../i18n";

/** What one has, whether it is stopped, and the two ways to pay with it. */
export function BalanceCard() {
  return (
    <>
      <Frozen />
      <Card>
        <BalanceView />
        <div class="side">
          <ButtonLink look="main" icon="scan" href="/pay/scan">
            {tx("home.scan")}
          </ButtonLink>
          <ButtonLink icon="code" href="/pay/code">
            {tx("home.code")}
          </ButtonLink>
        </div>
      </Card>
    </>
  );
}
