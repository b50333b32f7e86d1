import { ButtonLink } from "../../components/Button";
import { Coming } from "./Coming";
import { tx } from "../../i18n";

export default function Office() {
  return (
    <Coming
      title="office.title"
      icon="office"
      will="office.will"
      now="office.now"
      action={
        <ButtonLink icon="person" href="/me">
          {tx("office.me")}
        </ButtonLink>
      }
    />
  );
}
