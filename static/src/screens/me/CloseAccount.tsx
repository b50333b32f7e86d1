import { useEffect, useState } from "preact/hooks";
import { closeAccount, readClosing } from "../../api/own-data";
import { ProblemError } from "../../api/problems";
import type { Closing } from "../../api/types";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Field } from "../../components/Field";
import { shownNumber } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { forgetPerson, me } from "../../state/session";
import { ClosingFacts } from "./ClosingFacts";

/** Closing one's account: first everything that follows from it, then a word to type, then it is done. */
export default function CloseAccount() {
  const [closing, setClosing] = useState<Closing | null>(null);
  const [word, setWord] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const read = (): Promise<void> =>
    readClosing()
      .then(setClosing)
      .catch((error: unknown) => setTrouble(problemText(error)));
  useEffect(() => void read(), []);

  const close = async (told: Closing): Promise<void> => {
    if (word.trim().toLowerCase() !== t("closing.word").toLowerCase()) return setWrong(t("closing.word_wrong"));
    setBusy(true);
    setTrouble(null);
    try {
      await closeAccount(null, told, "");
      forgetPerson();
      go("/closed", { replace: true });
    } catch (error) {
      setTrouble(problemText(error));
      if (error instanceof ProblemError && error.status === 409) await read();
      setBusy(false);
    }
  };
  const open = closing !== null && closing.obstacles.length === 0;
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (closing && !busy) void close(closing);
      }}
    >
      <Page
        title={t("closing.title")}
        heading={tx("closing.title")}
        back="/me"
        foot={
          open && (
            <Button look="careful" wide submit busy={busy} icon="trash">
              {tx("closing.do")}
            </Button>
          )
        }
      >
        <p>{tx("closing.what")}</p>
        {!closing && !trouble && <Skeleton />}
        {closing && <ClosingFacts closing={closing} />}
        {open && (
          <>
            <ButtonLink href="/me/data" icon="receipt">
              {tx("closing.copy_first")}
            </ButtonLink>
            <Field
              label={tx("closing.type", { word: <strong>{t("closing.word")}</strong> })}
              error={wrong}
              value={word}
              onValue={(typed) => {
                setWord(typed);
                setWrong(null);
              }}
              input={{ name: "word", autoComplete: "off", spellcheck: false }}
            />
          </>
        )}
        <p class="soft small">{tx("closing.at_counter", { number: <span class="whole-number">{me.value && shownNumber(me.value.resident_id)}</span> })}</p>
        {trouble && <Notice kind="error" title={trouble} spoken />}
      </Page>
    </form>
  );
}
