import { useState } from "preact/hooks";
import { myPasskeys } from "../../api/allauth";
import { passkeysSupported, proveWithPasskey } from "../../api/passkeys";
import { ProblemError } from "../../api/problems";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { leave } from "../../state/session";

const isStale = (error: unknown): boolean => error instanceof ProblemError && error.code === "step_up_required";

/**
 * This hook will do a deed that the city allows only to somebody who showed lately who they are. With a passkey that takes a
 * glance; without one `stale` says that the person must sign in again.
 */
export function useFresh(): { readonly stale: boolean; readonly fresh: <T>(deed: () => Promise<T>) => Promise<T> } {
  const [stale, setStale] = useState(false);
  const fresh = async <T,>(deed: () => Promise<T>): Promise<T> => {
    try {
      return await deed();
    } catch (error) {
      if (!isStale(error)) throw error;
      if (!passkeysSupported() || (await myPasskeys()).length === 0) {
        setStale(true);
        throw error;
      }
      await proveWithPasskey();
      return deed();
    }
  };
  return { stale, fresh };
}

/** Signing in again, and back to where one was. */
export function SignInAgain({ next }: { readonly next: string }) {
  const again = async (): Promise<void> => {
    await leave().catch(() => undefined);
    go(`/sign-in?next=${encodeURIComponent(next)}`, { replace: true });
  };
  return (
    <Notice kind="warn" title={tx("data.stale")} spoken>
      <Button onPress={() => void again()}>{tx("data.sign_in_again")}</Button>
    </Notice>
  );
}
