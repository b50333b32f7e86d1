import type { ComponentChildren } from "preact";
import { place } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { nextStep, refusalWords } from "./refusal";

interface TroubleProps {
  readonly error: unknown;
  /** What was not done, when the error's own sentence does not say it. */
  readonly title?: ComponentChildren;
  readonly onAgain?: () => void;
  readonly children?: ComponentChildren;
}

/** What went wrong, and the way on: signing in again, or trying again. */
export function Trouble({ error, title, onAgain, children }: TroubleProps) {
  const text = refusalWords(error);
  const signIn = nextStep(error) === "sign_in";
  return (
    <Notice kind="error" title={title ?? text} spoken>
      {title !== undefined && <p>{text}</p>}
      {children}
      {signIn && <SignInLink />}
      {!signIn && onAgain && <Button onPress={onAgain}>{tx("again")}</Button>}
    </Notice>
  );
}

/** The session ran out before the outcome of a deed was known; after signing in it will be. */
export function SignInToKnow() {
  return (
    <Notice kind="warn" title={tx("problem.not_signed_in")} spoken>
      <SignInLink />
    </Notice>
  );
}

/** Back to this very page after signing in. */
function SignInLink() {
  const { path, query } = place.value;
  const here = query.size > 0 ? `${path}?${query}` : path;
  return <ButtonLink href={`/sign-in?next=${encodeURIComponent(here)}`}>{tx("till.checking_sign_in")}</ButtonLink>;
}
