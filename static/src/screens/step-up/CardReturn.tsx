import { useEffect, useState } from "preact/hooks";
import { finishCard, readMe } from "../../api/accounts";
import { ProblemError } from "../../api/problems";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { arrive, me } from "../../state/session";
import { enter } from "../signin/flow";
import { afterCard } from "./card";

const SAID = ["state", "code", "iss", "error"] as const;

/** Back from the card: the answer is handed in once, and its secrets leave the address bar at once. */
export default function CardReturn() {
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const { query } = place.peek();
    const said = Object.fromEntries(SAID.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? ""]] : [])));
    go("/card/return", { replace: true });
    const run = async (): Promise<void> => {
      const { purpose } = await finishCard(said);
      if (purpose === "sign_in") return enter();
      arrive(await readMe());
      toast(t("card.done"));
      const next = afterCard("/me/id");
      // Pages of the server's own are no screens of this app.
      if (next.startsWith("/admin")) window.location.assign(next);
      else go(next, { replace: true });
    };
    run().catch((error: unknown) => {
      const reason = error instanceof ProblemError && error.code === "card_not_read";
      setTrouble(reason ? t("card.not_read") : problemText(error));
    });
  }, []);
  return (
    <Page
      title={t("card.title")}
      heading={tx("card.title")}
      back="/"
      foot={
        trouble && (
          <ButtonLink look="main" wide href={me.value ? "/me/id" : "/sign-in"}>
            {tx("card.again")}
          </ButtonLink>
        )
      }
    >
      {trouble ? <Notice kind="error" title={trouble} spoken /> : <Skeleton lines={3} />}
    </Page>
  );
}
