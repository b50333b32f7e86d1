import { ButtonLink } from "../components/Button";
import { t, tx, type TextKey } from "../i18n";
import { Page } from "./Page";

interface SignInFirstProps {
  readonly title: TextKey;
  readonly words: TextKey;
  readonly button?: TextKey;
  /** The screen that the sign-in leads back to. */
  readonly next: string;
}

/** What somebody sees who opened a link and is not signed in: what it is, and the sign-in that leads back to it. */
export function SignInFirst({ title, words, button = "send.sign_in", next }: SignInFirstProps) {
  return (
    <Page
      title={t(title)}
      heading={tx(title)}
      foot={
        <ButtonLink look="main" wide href={`/sign-in?next=${next}`}>
          {tx(button)}
        </ButtonLink>
      }
    >
      <p class="lead">{tx(words)}</p>
    </Page>
  );
}
