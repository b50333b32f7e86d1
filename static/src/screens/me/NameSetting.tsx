import { useState } from "preact/hooks";
import { changeMe, renameOther } from "../../api/accounts";
import { Page } from "../../app/Page";
import { back } from "../../app/router";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { acting } from "../../state/acting";
import { arrive, me } from "../../state/session";

/** This function will change the name of whom the page is for: one's own, or that of whom one acts for. */
async function rename(name: string): Promise<void> {
  const other = acting.peek();
  if (other === null) return arrive(await changeMe({ display_name: name }));
  await renameOther(name);
  if (acting.peek()?.person === other.person) acting.value = { ...other, name };
}

/** One question: what shall we call you? The toast offers the old name back. */
export default function NameSetting() {
  const [person] = useState(() => acting.peek()?.person);
  const [before] = useState(() => acting.peek()?.name ?? me.peek()?.display_name ?? "");
  const [name, setName] = useState(before);
  const { busy, trouble: wrong, setTrouble: setWrong, run } = useDeed();

  const undo = async (): Promise<void> => {
    if (acting.peek()?.person !== person) return; // the page is somebody else's by now
    await rename(before);
    toast(t("me.name_undone"));
  };
  const save = async (): Promise<void> => {
    if (name.trim() === "") return setWrong(t("name.wrong"));
    await run(async () => {
      await rename(name.trim());
      toast(t("me.name_saved"), before === "" ? null : () => void undo().catch((error: unknown) => toast(problemText(error))));
      back("/me");
    });
  };
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <Page
        title={t("me.name")}
        heading={tx("me.name")}
        back="/me"
        foot={
          <Button look="main" wide submit busy={busy}>
            {tx("name.save")}
          </Button>
        }
      >
        <Field
          label={tx("name.label")}
          hint={tx("name.hint")}
          error={wrong}
          value={name}
          onValue={setName}
          input={{ name: "name", autoComplete: "nickname", maxLength: 40 }}
        />
      </Page>
    </form>
  );
}
