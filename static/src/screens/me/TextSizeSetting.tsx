import { Page } from "../../app/Page";
import { Card } from "../../components/Card";
import { Choice } from "../../components/Choice";
import { Money } from "../../components/Money";
import { t, tx } from "../../i18n";
import { setTextSize, TEXT_SIZES, textSize } from "../../state/settings";

/** Larger letters, tried at once on the page itself. */
export default function TextSizeSetting() {
  return (
    <Page title={t("me.text_size")} heading={tx("me.text_size")} back="/me">
      <Choice
        label={t("me.text_size")}
        labelHidden
        layout="column"
        value={textSize.value}
        onValue={setTextSize}
        options={TEXT_SIZES.map((size) => ({ value: size, text: tx(`me.size_${size}`) }))}
      />
      <Card>
        <p>{tx("me.size_sample")}</p>
        <Money amount={1250} size="l" />
      </Card>
    </Page>
  );
}
