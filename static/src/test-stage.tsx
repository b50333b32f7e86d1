/** A small stage for tests of screens: the real catalogue, a real page, a played city. */
import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { vi } from "vitest";
import { speak, speakAlso, type Language } from "./i18n";

let stage: HTMLElement | null = null;

/** This function will show a screen on an empty page, in Japanese where nothing else is said. */
export async function show(screen: VNode, language: Language = "ja"): Promise<HTMLElement> {
  await speak(language);
  await Promise.all([speakAlso("work"), speakAlso("go")]);
  leaveStage();
  const made = document.createElement("div");
  document.body.append(made);
  stage = made;
  await act(() => render(screen, made));
  return made;
}

export function leaveStage(): void {
  if (!stage) return;
  render(null, stage);
  stage.remove();
  stage = null;
}

/** This function will let everything settle that is under way. */
export async function settled(): Promise<void> {
  await act(() => new Promise((done) => setTimeout(done, 20)));
}

/** This function will wait until something holds, two seconds at most: the browser's own reckoning takes as long as it takes. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries += 1) await settled();
}

/** This function will find a button or link by what stands on it. */
export function button(words: string | RegExp): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>("button, a")];
  const found = all.find((each) => {
    const text = each.getAttribute("aria-label") ?? each.textContent ?? "";
    return typeof words === "string" ? text.trim() === words : words.test(text);
  });
  if (!found) throw new Error(`no button says ${words}; there are: ${all.map((each) => each.textContent).join(" / ")}`);
  return found;
}

export async function press(...words: readonly (string | RegExp)[]): Promise<void> {
  for (const each of words) await act(() => button(each).click());
}

export async function type(label: string, text: string): Promise<void> {
  const found = [...document.querySelectorAll("label")].find((each) => each.textContent?.trim() === label);
  const box = found && document.getElementById(found.htmlFor);
  if (!(box instanceof HTMLInputElement)) throw new Error(`no field is called ${label}`);
  await act(() => {
    box.value = text;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string | null;
  /** For whom it was asked, where it is somebody else. */
  readonly person: string | null;
}

type Played = (asked: Asked) => { readonly status: number; readonly body?: unknown; readonly headers?: HeadersInit } | "silence";

/** This function will play the city: each question goes to the given answerer and is written down. */
export function playCity(answer: Played): readonly Asked[] {
  document.cookie = "csrftoken=abc";
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const one: Asked = {
      method: init.method ?? "GET",
      path,
      body: init.body === undefined ? null : JSON.parse(String(init.body)),
      key: new Headers(init.headers).get("Idempotency-Key"),
      person: new Headers(init.headers).get("Machi-For"),
    };
    asked.push(one);
    const played = answer(one);
    if (played === "silence") throw new TypeError("network");
    const body = played.body === undefined ? null : JSON.stringify(played.body);
    return new Response(body, { status: played.status, ...(played.headers ? { headers: played.headers } : {}) });
  });
  return asked;
}
