import { useState } from "preact/hooks";
import { changeMe } from "../../api/accounts";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { arrive } from "../../state/session";
import { finish } from "./flow";

/** One question after registering: what shall we call you? It can wait. */
export default function NamePage() {
  const [name, setName] = useState("");
  const { busy, trouble: wrong, setTrouble: setWrong, run } = useDeed();
  const save = async (): Promise<void> => {
    if (name.trim() === "") return setWrong(t("name.wrong"));
    await run(async () => {
      arrive(await changeMe({ display_name: name.trim() }));
      finish();
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
        title={t("name.title")}
        heading={tx("name.title")}
        foot={
          <>
            <Button look="main" wide submit busy={busy}>
              {tx("name.save")}
            </Button>
            <Button look="quiet" wide onPress={finish}>
              {tx("name.later")}
            </Button>
          </>
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
