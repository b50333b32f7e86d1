/** Whether this browser shows messages while the app is closed; asked for at the moment of use, and tied to the sign-in. */
import { effect, signal } from "@preact/signals";
import { readPushKey, subscribePush, unsubscribePush } from "../api/messages";
import { session } from "./session";

/** `blocked`: the person said no to the browser, which alone can change that. */
export type PushState = "unknown" | "unsupported" | "blocked" | "off" | "on";

export const pushState = signal<PushState>("unknown");

const supported = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** A service worker that is not there in a moment (a first visit, a private window) will not come. */
async function registration(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error("no service worker")), 5_000));
  return Promise.race([navigator.serviceWorker.ready, late]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function sameKey(subscription: PushSubscription, key: Uint8Array): boolean {
  const held = subscription.options.applicationServerKey;
  return held !== null && new Uint8Array(held).join() === key.join();
}

async function subscribe(): Promise<void> {
  const { pushManager } = await registration();
  const key = bytesOf((await readPushKey()).key);
  let held = await pushManager.getSubscription();
  if (held && !sameKey(held, key)) {
    await held.unsubscribe();
    held = null;
  }
  const made = held ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await subscribePush(made.toJSON());
}

/** This function will find out how things stand; a browser that is subscribed is told to the city anew, for its sign-in may be new. */
export async function lookAtPush(): Promise<void> {
  if (!supported()) pushState.value = "unsupported";
  else if (Notification.permission === "denied") pushState.value = "blocked";
  else if (Notification.permission === "default") pushState.value = "off";
  else {
    const held = await (await registration()).pushManager.getSubscription();
    if (held) await subscribe();
    pushState.value = held ? "on" : "off";
  }
}

/** This function will ask the person, through the browser, and subscribe; call it from a button alone. */
export async function turnPushOn(): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer === "granted") {
    await subscribe();
    pushState.value = "on";
  } else pushState.value = answer === "denied" ? "blocked" : "off";
}

export async function turnPushOff(): Promise<void> {
  const held = await (await registration()).pushManager.getSubscription();
  if (held) {
    await unsubscribePush(held.endpoint);
    await held.unsubscribe();
  }
  pushState.value = "off";
}

/** This function will tell the city of a browser that is subscribed already, after each sign-in: pushes end with the one before. */
export function watchPush(): void {
  let told = false;
  effect(() => {
    const signedIn = session.value.kind === "in";
    if (signedIn && !told && supported() && Notification.permission === "granted") void lookAtPush().catch(() => undefined);
    told = signedIn;
  });
}
