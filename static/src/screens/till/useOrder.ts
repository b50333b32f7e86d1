import { useEffect, useState } from "preact/hooks";
import { readOrder, type Order } from "../../api/orders";
import { feedState } from "./live";
import { enterOrders, orders } from "./orders";

export interface OrderUse {
  readonly order: Order | null;
  readonly trouble: unknown;
  readonly load: () => void;
}

/** While the feed is silent an open bill is asked about so often. */
const ASKED_MS = 4_000;

/** This hook will give one order as the till knows it now; an open one is asked about where the feed does not tell. */
export function useOrder(id: string): OrderUse {
  const [trouble, setTrouble] = useState<unknown>(null);
  const order = orders.value.get(id) ?? null;
  const load = (): void => {
    setTrouble(null);
    readOrder(id).then((found) => void enterOrders([found]), setTrouble);
  };
  useEffect(load, [id, feedState.value]);
  const waits = feedState.value !== "live" && order?.status === "open";
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(load, ASKED_MS);
    return () => clearInterval(timer);
  }, [waits, id]);
  return { order, trouble: order === null ? trouble : null, load };
}
