/**
 * The service worker: the app opens without network, and messages show while it is closed. It keeps the shell and the built files, whose names change with
 * their content, and nothing else: no answer of the city about a person is ever stored here.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

const FILES = "__PRECACHE__".split(" ");
const SHELL = "/";
const CACHE = `machi-${fingerprint(FILES.join())}`;

/** Names carry a hash of the content, so a hash of the names tells one build from another (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(SHELL, { cache: "no-cache", credentials: "omit" }), ...FILES]);
}

async function clearOld(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("machi-") && name !== CACHE).map((name) => caches.delete(name)));
}

/** A page: from the city when it answers, else the shell, which then says what still works. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
    return (await caches.match(SHELL)) ?? answer;
  } catch (error) {
    const shell = await caches.match(SHELL);
    if (shell) return shell;
    throw error;
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Pages the server renders itself are not ours to replace. */
const NOT_OURS = /^\/(api|_allauth|identity|\.well-known|admin|boards|demo|docs|unsubscribe|ws|healthz|readyz|metrics)(\/|$)/;

worker.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(clearOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    if (!NOT_OURS.test(url.pathname)) event.respondWith(page(request));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});

interface Pushed {
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly link: string;
  readonly life: boolean;
}

/** What a push says; a browser wants something shown for each, so one that cannot be read shows that there is something to read. */
function pushed(event: PushEvent): Pushed {
  const unread = { tag: "messages", title: "\u{1F4E8}", body: "", lang: "ja", link: "/messages", life: false };
  try {
    return { ...unread, ...(event.data?.json() as Partial<Pushed> | undefined) };
  } catch {
    return unread;
  }
}

/** Only places of this app are opened, whatever a push says. */
function inside(link: string): string {
  const url = new URL(link, worker.location.origin);
  return url.origin === worker.location.origin ? url.href : worker.location.origin;
}

/** A window that is open goes there; else one opens. */
async function open(link: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const each of windows) {
    try {
      const there = await each.navigate(inside(link));
      await (there ?? each).focus();
      return;
    } catch {
      continue;
    }
  }
  await worker.clients.openWindow(inside(link));
}

worker.addEventListener("push", (event) => {
  const { title, body, lang, tag, link, life } = pushed(event);
  // A second copy of a message has the same tag, and takes the first one's place without another sound; danger to life stays.
  const shown = { body, lang, tag, icon: "/static/icon.svg", badge: "/static/icon.svg", requireInteraction: life, data: { link } };
  event.waitUntil(worker.registration.showNotification(title, shown));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { link } = event.notification.data as { readonly link: string };
  event.waitUntil(open(link));
});
