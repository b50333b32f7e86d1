import type { Needs } from "../../api/step-up";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Sheet } from "../../components/Sheet";
import { tx, type TextKey } from "../../i18n";
import { me } from "../../state/session";
import { question } from "../../state/step-up";
import { Ways } from "./Ways";

/** Which sentence says what is missing: who one is, or that one is here now. */
function why({ account_level: account, authentication_level: authentication }: Needs): TextKey {
  if ((me.value?.level ?? 0) < account) return account >= 3 ? "stepup.why_card" : account === 2 ? "stepup.why_known" : "stepup.why_resident";
  if (authentication >= 3) return "stepup.why_fresh_card";
  return authentication === 2 ? "stepup.why_second" : "stepup.why_fresh";
}

/** Stands over whatever the person was doing until they have shown more, or would rather not; then that goes on. */
export default function StepUpSheet() {
  const asked = question.value;
  const close = (): void => question.peek()?.answer(false);
  return (
    <Sheet open={asked !== null} onClose={close} title={tx("stepup.title")}>
      {asked && (
        <>
          <p>{tx(why(asked.needs))}</p>
          <Ways
            ways={asked.ways}
            onShown={() => asked.answer(true)}
            onLeave={(href) => {
              asked.answer(false);
              if (href !== null) go(href);
            }}
          />
          <Button wide onPress={close}>
            {tx("stepup.not_now")}
          </Button>
        </>
      )}
    </Sheet>
  );
}
