import { useEffect, useState } from "preact/hooks";

/**
 * A link with a token stands for who receives, for what is asked, or for an invitation. The token stands behind the hash sign, so no
 * server's log sees it. This function will find it in a link, in a code, or in letters that somebody typed with gaps.
 */
export function tokenIn(text: string): string | null {
  const token = text.slice(text.lastIndexOf("#") + 1).replace(/\s+/g, "");
  return /^[A-Za-z0-9_-]{16,64}$/.test(token) ? token : null;
}

/** This function will tell where a scanned link of ours leads, or null when it is none. */
export function placeOf(text: string): `/pay/${string}` | null {
  const found = /\/pay\/(send|asked|referral|orders\/[0-9a-f-]{36})#/.exec(text);
  return found?.[1] ? `/pay/${found[1]}` : null;
}

/** A link that was opened before signing in waits in this tab; it leaves the address at once. */
export function takeFromAddress(name: string): string | null {
  const key = `machi.link.${name}`;
  const token = tokenIn(window.location.hash);
  if (window.location.hash !== "") {
    if (token !== null) sessionStorage.setItem(key, token);
    history.replaceState(history.state, "", window.location.pathname);
  }
  return sessionStorage.getItem(key);
}

export const dropLink = (name: string): void => sessionStorage.removeItem(`machi.link.${name}`);

export interface TokenLink {
  readonly token: string | null;
  /** This function will take the token of a code that was read, or typed, instead of a link's. */
  readonly take: (token: string) => void;
  /** This function will forget the link: the screen stands as without one. */
  readonly leave: () => void;
}

/** This hook will give the token of the link that led here, also after the sign-in, or of the next one opened in the same tab. */
export function useTokenLink(name: string): TokenLink {
  const [token, take] = useState<string | null>(() => takeFromAddress(name));
  useEffect(() => {
    const anew = (): void => take(takeFromAddress(name));
    window.addEventListener("hashchange", anew);
    return () => window.removeEventListener("hashchange", anew);
  }, [name]);
  const leave = (): void => {
    dropLink(name);
    take(null);
  };
  return { token, take, leave };
}

/** This function will hand a link on: by the phone's own way of sharing, else by the clipboard; false where neither worked. */
export async function handOn(url: string): Promise<"shared" | "copied" | "failed"> {
  try {
    if ("share" in navigator) {
      await navigator.share({ url });
      return "shared";
    }
    await (navigator as Navigator).clipboard.writeText(url);
    return "copied";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "shared" : "failed";
  }
}
