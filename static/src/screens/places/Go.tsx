import { ButtonLink } from "../../components/Button";
import { Coming } from "./Coming";
import { tx } from "../../i18n";

export default function Go() {
  return (
    <Coming
      title="go.title"
      icon="go"
      will="go.will"
      now="go.now"
      action={
        <ButtonLink icon="pay" href="/pay">
          {tx("go.pay")}
        </ButtonLink>
      }
    />
  );
}
