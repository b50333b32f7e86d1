import { useEffect, useState } from "preact/hooks";
import { buyByCard, type Offer } from "../../api/premium";
import { ProblemError } from "../../api/problems";
import { readTopUpWays } from "../../api/top-ups";
import { go } from "../../app/router";
import { problemText } from "../../i18n/problem-text";
import { leaveFor } from "../top-up/leave";

const ABOUT_UNITS = new Set(["premium_sold_out", "premium_cap_reached", "limit_balance", "amount_invalid", "top_up_out_of_range"]);

interface Buying {
  /** True where the city takes cards and there is something that I may buy now. */
  readonly offered: boolean;
  readonly busy: boolean;
  /** What is wrong with the number of units. */
  readonly wrong: string | null;
  readonly trouble: string | null;
  readonly forget: () => void;
  readonly buy: (units: number) => Promise<void>;
}

/** This hook will begin one purchase by card and leave for where it is paid; after a refusal the offer is read anew. */
export function useByCard(offer: Offer | null, refresh: () => Promise<void>): Buying {
  const [taken, setTaken] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    readTopUpWays().then(
      ({ methods }) => setTaken(methods.includes("card")),
      () => undefined, // the counter remains, which needs no answer here
    );
  }, []);
  const buy = async (units: number): Promise<void> => {
    if (!offer) return;
    setBusy(true);
    setWrong(null);
    setTrouble(null);
    try {
      const begun = await buyByCard(offer.id, units, units * offer.unit_yen);
      // An earlier try whose answer got lost comes first: its own page shows it, and lets it be given up.
      if (begun.url !== null && begun.premium?.units === units) return leaveFor(begun.url);
      return go(`/pay/top-up/${begun.id}`);
    } catch (error) {
      const isAboutUnits = error instanceof ProblemError && ABOUT_UNITS.has(error.code);
      (isAboutUnits ? setWrong : setTrouble)(problemText(error));
      // Where nobody answered the same button asks again, under the same key; a refusal says that the offer has changed.
      if (error instanceof ProblemError) await refresh().catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  const offered = taken && offer?.mine != null && offer.mine.may_buy > 0 && offer.mine.card_payment === null;
  return { offered, busy, wrong, trouble, buy, forget: () => setWrong(null) };
}
