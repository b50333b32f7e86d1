import { Button, ButtonLink } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { t, tx } from "../i18n";
import type { Acting } from "../state/acting";
import { endActing } from "./ActingBand";
import { Page } from "./Page";

/** What may not be done for this person: said kindly, with the two ways on. */
export function OutOfScope({ other }: { readonly other: Acting }) {
  return (
    <Page
      title={t("acting.out")}
      heading={tx("acting.out")}
      foot={
        <>
          <ButtonLink look="main" wide href="/">
            {tx("acting.out_home", { name: other.name })}
          </ButtonLink>
          <Button wide onPress={endActing}>
            {tx("acting.back")}
          </Button>
        </>
      }
    >
      <EmptyState icon="family" title={tx("acting.out_what", { name: other.name })}>
        {tx("acting.out_why")}
      </EmptyState>
    </Page>
  );
}
