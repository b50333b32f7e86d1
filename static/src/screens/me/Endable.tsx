import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Page as Some } from "../../api/types";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

interface Props<T> {
  readonly label: string;
  readonly icon: (one: T) => IconName;
  /** The picture where there is nothing. */
  readonly empty: IconName;
  readonly read: () => Promise<Some<T>>;
  readonly end: (id: string) => Promise<unknown>;
  /** Said once it has ended. */
  readonly ended: (one: T) => string;
  readonly name: (one: T) => string;
  /** Where it stands or whose it is, beside its name in the sheet. */
  readonly place: (one: T) => ComponentChildren;
  readonly detail: (one: T) => ComponentChildren;
  /** What else the sheet shows of it. */
  readonly more?: (one: T) => ComponentChildren;
  readonly none: { readonly title: ComponentChildren; readonly what: ComponentChildren };
  readonly how?: ComponentChildren;
  readonly ask: { readonly title: ComponentChildren; readonly what: ComponentChildren; readonly do: ComponentChildren };
}

/** A list of things of mine that I can end one by one: each opens a sheet that shows it and asks. */
export function Endable<T extends { readonly id: string }>(props: Props<T>) {
  const [rows, setRows] = useState<readonly T[] | null>(null);
  const [open, setOpen] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      setRows((await props.read()).results);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  useEffect(() => void load(), []);

  const end = async (one: T): Promise<void> => {
    setOpen(null);
    try {
      await props.end(one.id);
      toast(props.ended(one));
    } catch (error) {
      return setTrouble(problemText(error));
    }
    await load();
  };

  return (
    <>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!rows && !trouble && <Skeleton />}
      {rows?.length === 0 && (
        <EmptyState icon={props.empty} title={props.none.title}>
          {props.none.what}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <>
          {props.how && <p class="soft">{props.how}</p>}
          <List label={props.label}>
            {rows.map((each) => (
              <Row
                key={each.id}
                icon={props.icon(each)}
                title={props.name(each)}
                detail={props.detail(each)}
                onPress={() => setOpen(each)}
              />
            ))}
          </List>
        </>
      )}
      <Sheet open={open !== null} onClose={() => setOpen(null)} title={props.ask.title}>
        {open && (
          <>
            <p>
              <strong>{props.name(open)}</strong> · {props.place(open)}
            </p>
            {props.more?.(open)}
            <p>{props.ask.what}</p>
            <Button look="main" wide onPress={() => void end(open)}>
              {props.ask.do}
            </Button>
          </>
        )}
        <Button wide onPress={() => setOpen(null)}>
          {tx("connections.stay")}
        </Button>
      </Sheet>
    </>
  );
}
