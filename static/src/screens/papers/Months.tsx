import { useEffect, useState } from "preact/hooks";
import type { StatementMonth } from "../../api/papers";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { language, tx } from "../../i18n";
import { monthText } from "../../i18n/dates";

interface MonthsProps {
  readonly read: () => Promise<{ readonly results: readonly StatementMonth[] }>;
  readonly address: (month: string) => Promise<string>;
}

/** The months for which there is a statement; a press takes one home. */
export function Months({ read, address }: MonthsProps) {
  const [months, setMonths] = useState<readonly StatementMonth[] | null>(null);
  const { trouble, run } = useDeed();
  useEffect(() => void run(async () => setMonths((await read()).results)), []);
  const take = (month: string): Promise<void> => run(async () => window.location.assign(await address(month)));
  return (
    <>
      <p>{tx("papers.what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!months && !trouble && <Skeleton lines={3} />}
      {months?.length === 0 && (
        <EmptyState icon="receipt" title={tx("papers.none")}>
          {tx("papers.none_how")}
        </EmptyState>
      )}
      {months && months.length > 0 && (
        <List>
          {months.map(({ month, is_complete }) => (
            <Row
              key={month}
              icon="receipt"
              title={monthText(month, language.value)}
              {...(is_complete ? {} : { detail: tx("papers.so_far") })}
              onPress={() => void take(month)}
            />
          ))}
        </List>
      )}
    </>
  );
}
