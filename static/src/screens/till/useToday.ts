import { useEffect, useState } from "preact/hooks";
import { shopToday, type DayLine } from "../../api/shop-days";
import { useNow } from "../../components/DateTime";
import { jstDay } from "../../i18n/dates";
import { book } from "./live";

const MINUTE_MS = 60_000;
const GATHER_MS = 250;

/** How today goes, as the city has it in its books; asked anew with each payment and refund, and at midnight in Japan. */
export function useToday(shop: string): DayLine | null {
  const [line, setLine] = useState<DayLine | null>(null);
  const day = jstDay(useNow(MINUTE_MS));
  const { receipts } = book.value;
  useEffect(() => {
    let here = true;
    // Payments that come together are asked about once; without an answer the figures of before stay.
    const soon = setTimeout(() => void shopToday(shop).then((told) => here && setLine(told), () => undefined), GATHER_MS);
    return () => {
      here = false;
      clearTimeout(soon);
    };
  }, [shop, day, receipts]);
  return line?.day === day ? line : null;
}
