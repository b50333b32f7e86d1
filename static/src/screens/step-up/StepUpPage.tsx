import { useEffect, useState } from "preact/hooks";
import { readId } from "../../api/accounts";
import type { Way } from "../../api/step-up";
import type { MyId } from "../../api/types";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { Ways } from "./Ways";

const DOOR = "/_allauth/browser/v1/auth/";

/** The ways to authenticate at a level, as the city would name them. */
export function waysTo(level: number, mine: MyId): readonly Way[] {
  const second: readonly Way[] = [
    { way: "passkey", start: `${DOOR}webauthn/reauthenticate`, set_up: mine.passkeys > 0 ? null : "/me/passkeys" },
    { way: "totp", start: `${DOOR}2fa/reauthenticate`, set_up: mine.has_app ? null : "/me/totp" },
  ];
  const card: readonly Way[] = mine.is_card_offered
    ? [{ way: "card", start: "/api/v1/accounts/card/start", set_up: mine.has_card ? null : "/me/id" }]
    : [];
  const all = level >= 3 ? card : [...second, ...card];
  return [...all].sort((left, right) => Number(left.set_up !== null) - Number(right.set_up !== null));
}

/** A page of the server's has sent the person here to show more; afterwards they go back there. */
export default function StepUpPage() {
  const { query } = place.value;
  const level = Number(query.get("authentication") ?? "2");
  const wanted = query.get("next") ?? "/";
  const next = /^\/(?![/\\])/.test(wanted) ? wanted : "/";
  const [mine, setMine] = useState<MyId | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    readId().then(setMine, (error: unknown) => setTrouble(problemText(error)));
  }, []);
  return (
    <Page title={t("stepup.title")} heading={tx("stepup.title")} back="/">
      <p class="lead">{tx(level >= 3 ? "stepup.why_fresh_card" : "stepup.why_staff")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!mine && !trouble && <Skeleton lines={3} />}
      {mine && (
        <Ways
          ways={waysTo(level, mine)}
          next={next}
          onShown={() => window.location.assign(next)}
          onLeave={(href) => href !== null && go(href)}
        />
      )}
    </Page>
  );
}
