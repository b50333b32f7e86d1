import { useEffect, useState } from "preact/hooks";
import { quoteAtTill, type Quote } from "../../api/coupons";

/**
 * This hook will say what a customer pays with their coupons: undefined while it is asked for, null where nobody says or none are taken.
 * A quote that the city no longer keeps to is refused as a payment, and the code is read again.
 */
export function useTillQuote(shop: string | null, code: string | null, amount: number | null): Quote | null | undefined {
  const [quote, setQuote] = useState<Quote | null | undefined>(undefined);
  useEffect(() => {
    setQuote(undefined);
    if (shop === null || code === null || amount === null) return undefined;
    let wanted = true;
    quoteAtTill(shop, code, amount).then(
      (found) => wanted && setQuote(Array.isArray(found.coupons) ? found : null),
      () => wanted && setQuote(null),
    );
    return () => {
      wanted = false;
    };
  }, [shop, code, amount]);
  return shop === null ? null : quote;
}
