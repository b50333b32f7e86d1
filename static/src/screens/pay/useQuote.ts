import { useEffect, useRef, useState } from "preact/hooks";
import { whose } from "../../api/acting";
import { quoteToPay, type Quote } from "../../api/coupons";

/** So long an amount stands before it is asked about. */
const STILL_MS = 300;

export interface Quoting {
  /** What the amount on the screen costs; null while that is not known. */
  readonly quote: Quote | null;
  /** This function will give the quote for what stands on the screen, asking for it where it is not known; null where nobody says. */
  readonly settle: () => Promise<Quote | null>;
  readonly forget: () => void;
}

/** This hook will keep asking what a bill costs with coupons. Where the city does not say, the price is paid. */
export function useQuote(code: string, asked: number | null, amount: number): Quoting {
  const [quote, setQuote] = useState<Quote | null>(null);
  const under = useRef<{ readonly name: string; readonly answer: Promise<Quote | null> } | null>(null);
  const name = `${whose() ?? ""} ${amount}`;

  const settle = (): Promise<Quote | null> => {
    if (amount === 0) return Promise.resolve(null);
    if (under.current?.name !== name) {
      const answer = quoteToPay(code, asked === null ? amount : null).then(
        (found) => (Array.isArray(found.coupons) ? found : null),
        () => null,
      );
      under.current = { name, answer };
      void answer.then((found) => under.current?.answer === answer && setQuote(found));
    }
    return under.current.answer;
  };
  const forget = (): void => {
    under.current = null;
    setQuote(null);
  };
  useEffect(() => {
    setQuote(null);
    if (amount === 0) return undefined;
    const timer = setTimeout(() => void settle(), STILL_MS);
    return () => clearTimeout(timer);
  }, [name]);
  return { quote: quote !== null && quote.price === amount ? quote : null, settle, forget };
}
