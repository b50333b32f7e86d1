/** Links that stand for who receives, or for what is asked: the token stands behind the hash sign, so no server's log sees it. */
export function tokenIn(text: string): string | null {
  const token = text.trim().slice(text.trim().lastIndexOf("#") + 1);
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
