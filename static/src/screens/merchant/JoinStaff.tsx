import { useEffect, useState } from "preact/hooks";
import { lookAtWork, takeUpWork, type StaffAsk } from "../../api/staff";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { SignInFirst } from "../../app/SignInFirst";
import { dropLink, useTokenLink } from "../../app/token-link";
import { TokenReader } from "../../app/TokenReader";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { me, session } from "../../state/session";
import { shops } from "../till/shops";
import { ROLE_WORDS } from "../till/staff-words";

const LINK = "staff";

/** Somebody asks me to work at their shop: read, how the others shall call me, and begun by one press. */
export default function JoinStaff() {
  const { token, take, leave } = useTokenLink(LINK);
  if (session.value.kind === "out") {
    return <SignInFirst title="staff.join" words="staff.stranger" button="join.sign_in" next="/staff/join" />;
  }
  if (token !== null) return <Ask token={token} onLeave={leave} />;
  return (
    <Page title={t("staff.join")} heading={tx("staff.join")} back="/">
      <p>{tx("staff.join_how")}</p>
      <TokenReader why="join.scan_why" wrong="staff.not_one" onToken={take} />
    </Page>
  );
}

function Ask({ token, onLeave }: { readonly token: string; readonly onLeave: () => void }) {
  const [asked, setAsked] = useState<StaffAsk | null>(null);
  const [name, setName] = useState(me.value?.display_name ?? "");
  const [wrong, setWrong] = useState<string | null>(null);
  const { busy, trouble, setTrouble, run } = useDeed();
  useEffect(() => void lookAtWork(token).then(setAsked, (error: unknown) => setTrouble(problemText(error))), [token]);
  const begin = (): void => {
    if (name.trim() === "") return setWrong(t("staff.name_first"));
    void run(async () => {
      await takeUpWork(token, name.trim());
      dropLink(LINK);
      shops.value = { kind: "loading" }; // there is one more from now on
      go("/till?choose=1", { replace: true });
    });
  };
  return (
    <Page
      title={t("staff.join")}
      heading={tx("staff.join")}
      back="/"
      foot={
        <>
          {asked && (
            <Button look="main" wide busy={busy} onPress={begin}>
              {tx("staff.begin")}
            </Button>
          )}
          <Button wide onPress={onLeave}>
            {tx("join.another")}
          </Button>
        </>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!asked && !trouble && <Skeleton lines={3} />}
      {asked && (
        <>
          <Card>
            <p class="lead">
              {tx("staff.asked", { place: <strong>{shopName({ id: "", name: asked.organisation, name_en: asked.organisation_en })}</strong> })}
            </p>
            <p>
              {tx(ROLE_WORDS[asked.role])} · {tx("staff.until", { at: <DateTime at={asked.open_until} /> })}
            </p>
          </Card>
          <Field
            label={tx("staff.name")}
            hint={tx("staff.name_hint")}
            value={name}
            onValue={(text) => {
              setName(text);
              setWrong(null);
            }}
            error={wrong}
            input={{ name: "name", maxLength: 40, autoComplete: "off" }}
          />
        </>
      )}
    </Page>
  );
}
