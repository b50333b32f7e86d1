import { ButtonLink } from "../../components/Button";
import { tx } from "../../i18n";

/** The way to make this browser the shop's till, with nobody's sign-in on it. */
export function RegisterLink({ main = false }: { readonly main?: boolean }) {
  return (
    <ButtonLink look={main ? "main" : "plain"} wide icon="till" href="/till/register">
      {tx("register.do")}
    </ButtonLink>
  );
}
