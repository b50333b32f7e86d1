import { useState } from "preact/hooks";
import { changeMe } from "../../api/accounts";
import { Page } from "../../app/Page";
import { back } from "../../app/router";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { arrive, me } from "../../state/session";

/** One question: what shall we call you? The toast offers the old name back. */
export default function NameSetting() {
  const before = me.value?.display_name ?? "";
  const [name, setName] = useState(before);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const undo = async (): Promise<void> => {
    arrive(await changeMe({ display_name: before }));
    toast(t("me.name_undone"));
  };
  const save = async (): Promise<void> => {
    if (name.trim() === "") return setWrong(t("name.wrong"));
    setBusy(true);
    setWrong(null);
    try {
      arrive(await changeMe({ display_name: name.trim() }));
      toast(t("me.name_saved"), before === "" ? null : () => void undo().catch((error: unknown) => toast(problemText(error))));
      back("/me");
    } catch (error) {
      setWrong(problemText(error));
      setBusy(false);
    }
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
