import { Page } from "../../app/Page";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Notice } from "../../components/Notice";
import { t, tx, type TextKey } from "../../i18n";

interface Line {
  readonly number: string;
  readonly name: TextKey;
  readonly how?: TextKey;
}

/** Numbers that work anywhere in Japan, at any hour: 171 is NTT's message line, the last JNTO's Japan Visitor Hotline. */
const LINES: readonly Line[] = [
  { number: "119", name: "safe.fire" },
  { number: "110", name: "safe.police" },
  { number: "171", name: "safe.message", how: "safe.message_how" },
  { number: "050-3816-2787", name: "safe.visitor", how: "safe.visitor_how" },
];

/** The five warning levels (Cabinet Office, guideline on evacuation information, 2021), highest first. */
const LEVELS = [5, 4, 3, 2, 1] as const;

/** Works without network and without signing in. */
export default function Safe() {
  return (
    <Page title={t("safe.title")} heading={tx("safe.title")}>
      <Card title={tx("safe.call")}>
        <ul class="calls">
          {LINES.map((line) => (
            <li key={line.number}>
              <a class="call" href={`tel:${line.number.replaceAll("-", "")}`}>
                <Icon name="call" />
                <span class="call-text">
                  <span class="call-name">{tx(line.name)}</span>
                  {line.how && <span class="row-detail">{tx(line.how)}</span>}
                </span>
                <span class={line.number.length > 3 ? "call-number call-number-long" : "call-number"}>
                  <span aria-hidden="true">{line.number}</span>
                  <span class="hidden">{t("safe.call_number", { number: line.number })}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </Card>
      <Notice kind="warn" title={tx("safe.river")} />
      <Card title={tx("safe.levels")}>
        <ol class="levels" reversed>
          {LEVELS.map((level) => (
            <li key={level} class="levels-row">
              <span class={`warning warning-${level}`}>{tx("safe.level_word", { level })}</span>
              <span>{tx(`safe.level_${level}`)}</span>
            </li>
          ))}
        </ol>
        <p class="soft">{tx("safe.not_live")}</p>
      </Card>
    </Page>
  );
}
