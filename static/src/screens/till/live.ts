/** The till of one shop while somebody runs it: its payments, kept fresh, and the news among them. */
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Order } from "../../api/orders";
import type { Receipt } from "../../api/types";
import { shopPayments } from "../../api/wallet";
import { place } from "../../app/router";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { jstDay } from "../../i18n/dates";
import type { FeedEvent, FeedState } from "../../live/feed";
import { openFeed } from "../../state/live";
import { session } from "../../state/session";
import { takenOf } from "../orders/words";
import { Arrivals } from "./arrivals";
import { enterOrders, forgetOrders } from "./orders";
import { laid, reachesBefore } from "./receipts";
import { watchPerson } from "./shops";
import { ring } from "./voice";

export interface Book {
  readonly receipts: readonly Receipt[];
  /** Where older payments go on; null at the very first one. */
  readonly next: string | null;
  /** True once all payments of the present day are here. */
  readonly wholeDay: boolean;
}

const EMPTY: Book = { receipts: [], next: null, wholeDay: false };

export const book = signal<Book>(EMPTY);
export const loading = signal(false);
export const trouble = signal<unknown>(null);
export const feedState = signal<FeedState>("connecting");
/** A payment that came by itself, such as by the code on the counter; a screen shows it until it is put away. */
export const news = signal<Receipt | null>(null);

export const arrivals = new Arrivals({
  now: () => Date.now(),
  announce: (receipt) => {
    news.value = receipt;
    ring();
  },
});

const TILL = /^\/till\/([^/]+)/;
const shopHere = computed(() => {
  const { kind } = session.value;
  return kind === "in" || kind === "device" || kind === "remembered" ? (TILL.exec(place.value.path)?.[1] ?? null) : null;
});

/** This function will add receipts to the book, such as the answer to a refund. */
export function enter(told: readonly Receipt[]): void {
  const receipts = laid(book.peek().receipts, told);
  if (receipts !== book.peek().receipts) book.value = { ...book.peek(), receipts };
}

/** This function will fetch pages, newest first, until the present day is whole; what is known meanwhile stays. */
export async function loadDay(shop: string): Promise<void> {
  const today = jstDay(new Date());
  loading.value = true;
  trouble.value = null;
  try {
    let cursor: string | null = null;
    do {
      const page = await shopPayments(shop, cursor);
      if (shopHere.peek() !== shop) return;
      cursor = page.next;
      const whole = cursor === null || reachesBefore(page.results, today);
      const older = book.peek().wholeDay && !whole;
      book.value = {
        receipts: laid(book.peek().receipts, page.results),
        next: older ? book.peek().next : cursor,
        wholeDay: whole || book.peek().wholeDay,
      };
      if (whole) return;
    } while (cursor !== null);
  } catch (error) {
    trouble.value = error;
  } finally {
    loading.value = false;
  }
}

export async function loadOlder(shop: string): Promise<void> {
  const { next } = book.peek();
  if (next === null || loading.peek()) return;
  loading.value = true;
  trouble.value = null;
  try {
    const page = await shopPayments(shop, next);
    if (shopHere.peek() !== shop) return;
    book.value = { ...book.peek(), receipts: laid(book.peek().receipts, page.results), next: page.next };
  } catch (error) {
    trouble.value = error;
  } finally {
    loading.value = false;
  }
}

function heard(receipts: readonly Receipt[]): void {
  const known = new Set(book.peek().receipts.map((receipt) => receipt.id));
  enter(receipts);
  for (const receipt of receipts) {
    if (!known.has(receipt.id) && receipt.status === "paid") arrivals.heard(receipt);
  }
}

/** A bill that was paid is heard; its own screen shows it, elsewhere a line tells of it. */
function heardOrders(told: readonly Order[]): void {
  for (const order of enterOrders(told)) {
    ring();
    if (!place.peek().path.endsWith(`/orders/${order.id}`)) toast(t("till.order_paid", { amount: takenOf(order) || order.total }));
  }
}

function follow(shop: string): () => void {
  let first = true;
  return openFeed(`wallet.shop:${shop}`, {
    snapshot: (snapshot) => {
      const { payments, orders } = snapshot as { payments: readonly Receipt[]; orders?: readonly Order[] };
      heardOrders(orders ?? []);
      // What was there before the till was opened is no news; what came during a gap is.
      if (first) enter(payments);
      else heard(payments);
      first = false;
      void loadDay(shop);
    },
    event: (event: FeedEvent) => {
      if (event.type === "payment.changed") heard([(event.data as { receipt: Receipt }).receipt]);
      if (event.type === "order.changed") heardOrders([(event.data as { order: Order }).order]);
    },
    state: (state) => {
      feedState.value = state;
    },
  });
}

function open(shop: string): () => void {
  book.value = EMPTY;
  news.value = null;
  forgetOrders();
  void loadDay(shop);
  return follow(shop);
}

/** This function will run the feed of the shop whose till is on the screen, and close it when the till is left. */
export function watchTill(): void {
  watchPerson();
  effect(() => {
    const shop = shopHere.value;
    return shop === null ? undefined : untracked(() => open(shop));
  });
}
