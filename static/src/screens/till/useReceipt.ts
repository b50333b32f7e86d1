import { useEffect, useState } from "preact/hooks";
import type { Receipt } from "../../api/types";
import { readReceipt } from "../../api/wallet";
import { book, enter } from "./live";

export interface ReceiptUse {
  readonly receipt: Receipt | null;
  readonly trouble: unknown;
  readonly load: () => void;
}

/** This hook will give one payment as the till knows it now, asked for when it is not in the book yet. */
export function useReceipt(id: string): ReceiptUse {
  const [trouble, setTrouble] = useState<unknown>(null);
  const receipt = book.value.receipts.find((each) => each.id === id) ?? null;
  const load = (): void => {
    setTrouble(null);
    readReceipt(id).then((found) => enter([found]), setTrouble);
  };
  useEffect(load, [id]);
  return { receipt, trouble: receipt === null ? trouble : null, load };
}
