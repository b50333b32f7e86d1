import { readCode } from "../../api/wallet";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { CodeReader } from "../../scan/CodeReader";
import { offlineSince } from "../../state/network";
import { placeOf, tokenIn } from "../../app/token-link";

/** Reads a shop's code and asks the city what it means; only then is there something to confirm. */
export default function Scan() {
  const take = async (text: string): Promise<string | null> => {
    const place = placeOf(text);
    if (place) {
      go(`${place}#${tokenIn(text) ?? ""}`, { replace: true });
      return null;
    }
    try {
      const read = await readCode(text);
      go("/pay/confirm", { given: { code: text, read } });
      return null;
    } catch (error) {
      return problemText(error);
    }
  };
  return (
    <Page title={t("scan.title")} heading={tx("scan.title")} back="/pay">
      {offlineSince.value && (
        <Notice kind="warn" title={tx("confirm.offline")} spoken>
          <ButtonLink icon="code" href="/pay/code">
            {tx("pay.code")}
          </ButtonLink>
        </Notice>
      )}
      <CodeReader why="scan.why_pay" onCode={take} />
    </Page>
  );
}
