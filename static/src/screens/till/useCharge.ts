import { useEffect, useRef, useState } from "preact/hooks";
import { ProblemError } from "../../api/problems";
import type { Charge } from "../../api/types";
import { cancelCharge, readCharge } from "../../api/wallet";
import { place } from "../../app/router";
import { useNow } from "../../components/DateTime";
import { nextCheckMs, stageOf, told, type Stage } from "./charge";
import { draft } from "./draft";
import { arrivals, book, feedState } from "./live";
import { ring } from "./voice";

export interface ChargeUse {
  readonly charge: Charge | null;
  readonly stage: Stage | "missing";
  readonly now: Date;
  /** How many seconds the code had when it was first shown. */
  readonly whole: number;
  readonly trouble: unknown;
  readonly stopping: boolean;
  readonly look: () => void;
  readonly stop: (after: (charge: Charge) => void) => void;
}

function handed(id: string): Charge | null {
  const given = place.peek().given.charge as Charge | undefined;
  return given?.id === id ? given : null;
}

const missing = (error: unknown): boolean => error instanceof ProblemError && error.status === 404;

/** This hook will follow one charge: asked again on every touch of the feed, and by the clock where the feed is down. */
export function useCharge(id: string): ChargeUse {
  const [charge, setCharge] = useState<Charge | null>(() => handed(id));
  const [gone, setGone] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [stopping, setStopping] = useState(false);
  const now = useNow();
  const began = useRef(now.getTime());
  const known = useRef(charge);
  const asking = useRef<"no" | "yes" | "and again">("no");
  const stage = gone ? "missing" : charge === null ? "open" : stageOf(charge, now);

  const take = (news: Charge): void => {
    const before = known.current;
    const next = told(before, news);
    known.current = next;
    // Before the screen changes and what was kept back is announced: one of those is this very payment.
    if (next.status === "paid" && before?.status !== "paid") {
      draft.value = "";
      if (next.payment_id !== null) arrivals.own(next.payment_id);
      ring();
    }
    setCharge(next);
  };
  const ask = async (): Promise<void> => {
    const before = arrivals.pending();
    try {
      const news = await readCharge(id);
      setTrouble(null);
      take(news);
      // The city committed those before it answered that this charge is still open, so they are not its payment.
      if (news.status === "open") arrivals.letGo((each) => before.includes(each));
    } catch (error) {
      if (missing(error)) setGone(true);
      else if (error instanceof ProblemError || known.current === null) setTrouble(error);
    }
  };
  const look = async (): Promise<void> => {
    if (asking.current !== "no") {
      asking.current = "and again";
      return;
    }
    do {
      asking.current = "yes";
      await ask();
    } while ((asking.current as string) === "and again");
    asking.current = "no";
  };
  const stop = async (after: (charge: Charge) => void): Promise<void> => {
    if (stopping) return;
    setStopping(true);
    try {
      take(await cancelCharge(id));
      if (known.current?.status === "cancelled") return after(known.current);
    } catch (error) {
      // Paid a moment before: not a refusal to show, but the best of news, and the next look brings it.
      if (!(error instanceof ProblemError && error.code === "code_used")) setTrouble(error);
      void look();
    }
    setStopping(false);
  };

  const over = charge !== null && charge.status !== "open";
  useEffect(() => (over ? undefined : arrivals.hold()), [over]);
  const { receipts } = book.value;
  useEffect(() => {
    if (!over) void look();
  }, [receipts, feedState.value, stage === "late"]);

  const wait = stage === "missing" ? null : nextCheckMs(stage, feedState.value);
  useEffect(() => {
    if (wait === null) return undefined;
    const timer = setInterval(() => void look(), wait);
    return () => clearInterval(timer);
  }, [wait]);

  const whole = charge === null ? 0 : Math.ceil((Date.parse(charge.expires_at) - began.current) / 1000);
  return { charge, stage, now, whole, trouble, stopping, look: () => void look(), stop: (after) => void stop(after) };
}
