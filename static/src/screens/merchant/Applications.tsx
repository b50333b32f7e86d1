import { useEffect, useState } from "preact/hooks";
import { myApplications, startApplication, type Applications as Mine } from "../../api/merchants";
import { Page } from "../../app/Page";
import { go, place } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { STATE_ICONS, STATE_WORDS } from "./states";

/** What I have applied for, and the way to begin; `?for=` names the merchant that shall have a further shop. */
export default function Applications() {
  const [mine, setMine] = useState<Mine | null>(null);
  const { busy, trouble, run } = useDeed();
  const organisation = place.value.query.get("for");
  useEffect(() => void run(async () => setMine(await myApplications())), []);
  const begin = (): Promise<void> => run(async () => go(`/merchant/${(await startApplication(organisation)).id}`));
  return (
    <Page
      title={t("merchant.title")}
      heading={tx("merchant.title")}
      back="/me"
      foot={
        <Button look="main" wide icon="shop" busy={busy} onPress={() => void begin()}>
          {tx(organisation === null ? "merchant.begin" : "merchant.begin_branch")}
        </Button>
      }
    >
      <p class="lead">{tx(organisation === null ? "merchant.what" : "merchant.what_branch")}</p>
      {organisation === null && (
        <Card title={tx("merchant.have_ready")}>
          <p>{tx("merchant.have_ready_what")}</p>
        </Card>
      )}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!mine && !trouble && <Skeleton lines={3} />}
      {mine && mine.results.length > 0 && (
        <>
          <h2 class="group-title">{tx("merchant.mine")}</h2>
          <List label={t("merchant.mine")}>
            {mine.results.map((each) => (
              <Row
                key={each.id}
                icon={STATE_ICONS[each.state]}
                title={each.shop_name || tx("merchant.nameless")}
                detail={tx(STATE_WORDS[each.state])}
                href={`/merchant/${each.id}`}
              />
            ))}
          </List>
        </>
      )}
    </Page>
  );
}
