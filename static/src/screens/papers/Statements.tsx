import { readMonths, statementAddress } from "../../api/papers";
import { Page } from "../../app/Page";
import { t, tx } from "../../i18n";
import { Months } from "./Months";

/** My statements, month by month. */
export default function Statements() {
  return (
    <Page title={t("papers.title")} heading={tx("papers.title")} back="/pay">
      <Months read={readMonths} address={statementAddress} />
    </Page>
  );
}
