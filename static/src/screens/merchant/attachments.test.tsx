import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Application, Attachment } from "../../api/merchants";
import { button, leaveStage, playCity, press, settled, show, until, type Asked } from "../../test-stage";
import { AttachmentFields } from "./AttachmentFields";
import { fit } from "./photo";

const PAPERS = "/api/v1/wallet/merchant_attachments";
const paper = (id: string, media: Attachment["media"] = "image/jpeg"): Attachment => ({ id, kind: "licence", media, size: 1_300_000, added_at: "2026-11-30T00:00:00Z" });
const EMPTY = {
  id: "a1", state: "draft", attachments: [], attachments_asked: [{ kind: "licence", is_required: true }, { kind: "other", is_required: false }],
} as unknown as Application;

/** The way on which a file leaves, played by hand. */
class Way {
  static all: Way[] = [];
  upload: { onprogress: ((event: object) => void) | null } = { onprogress: null };
  onload: (() => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onabort: (() => void) | null = null;
  status = 0;
  responseText = "";
  said: Record<string, string> = {};
  path = "";
  sent: Blob | null = null;
  constructor() {
    Way.all.push(this);
  }
  open(_method: string, path: string): void {
    this.path = path;
  }
  setRequestHeader(name: string, value: string): void {
    this.said[name.toLowerCase()] = value;
  }
  getResponseHeader(): string | null {
    return null;
  }
  send(file: Blob): void {
    this.sent = file;
  }
  abort(): void {
    this.onabort?.();
  }
  async answer(status: number, body: unknown): Promise<void> {
    this.status = status;
    this.responseText = JSON.stringify(body);
    await act(() => {
      this.onload?.();
    });
    await settled();
  }
}

let asked: readonly Asked[] = [];
let city: Application;
const text = (): string => document.body.textContent ?? "";
const last = (): Way => Way.all[Way.all.length - 1] as Way;

function Stage({ faults = {} }: { readonly faults?: Record<string, string> }) {
  const [application, setApplication] = useState(city);
  return <AttachmentFields application={application} onApplication={setApplication} faults={faults} />;
}

async function choose(file: File, which = 0): Promise<void> {
  const box = document.querySelectorAll<HTMLInputElement>("input[type=file]")[which];
  if (!box) throw new Error("there is no box for files");
  Object.defineProperty(box, "files", { value: [file], configurable: true });
  await act(() => {
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await settled();
}

const photo = (name = "licence.pdf", type = "application/pdf"): File => new File(["%PDF-1.7"], name, { type });

beforeEach(() => {
  city = EMPTY;
  Way.all = [];
  vi.stubGlobal("XMLHttpRequest", Way);
  asked = playCity(({ method, path }) => {
    city = { ...city, attachments: city.attachments.filter(({ id }) => `${PAPERS}/${id}` !== path) };
    return method === "DELETE" ? { status: 200, body: city } : { status: 404, body: {} };
  });
});

afterEach(() => {
  leaveStage();
  vi.unstubAllGlobals();
});

test("a file goes with word of how far it is, under who asks, and stands in its kind", async () => {
  await show(<Stage />);
  expect(text()).toContain("必要");
  await choose(photo());
  expect(last().path).toBe("/api/v1/wallet/merchant_applications/a1/attachments/licence");
  expect(last().said).toMatchObject({ "content-type": "application/pdf", "x-csrftoken": "abc" });
  await act(() => last().upload.onprogress?.({ loaded: 45, total: 100 }));
  expect(text()).toContain("送っています 45%");
  expect(document.querySelector("progress")?.value).toBe(0.45);
  await last().answer(201, { ...city, attachments: [paper("p1", "application/pdf")] });
  expect(text()).toContain("1枚目 1.2 MB");
  expect(document.querySelector<HTMLAnchorElement>(".paper a")?.getAttribute("href")).toBe(`${PAPERS}/p1`);
  expect(document.querySelector("progress")).toBeNull();
});

test("what the city cannot open stands at its kind; nobody answering is said too, and stopping says nothing", async () => {
  await show(<Stage />);
  await choose(photo());
  await last().answer(422, { code: "attachment_unfit", title: "開けないファイルです。" });
  expect(document.querySelector(".field-error[role=alert]")?.textContent).toContain("開けないファイルです。");
  await choose(photo());
  await act(() => last().onerror?.({}));
  await settled();
  expect(document.querySelector(".field-error[role=alert]")?.textContent).not.toContain("開けない");
  await choose(photo());
  await press("送るのをやめる");
  await settled();
  expect(document.querySelector(".field-error[role=alert]")).toBeNull();
  expect(button(/許可証・届出の控えの写真を撮る/)).toBeTruthy();
});

test("a photo is replaced: the new one comes before the old one goes; where three are there the old one goes first", async () => {
  city = { ...EMPTY, attachments: [paper("p1")] };
  await show(<Stage />);
  await press("取り替える 1枚目");
  await choose(photo());
  expect(asked.filter(({ method }) => method === "DELETE")).toEqual([]);
  city = { ...city, attachments: [paper("p1"), paper("p2")] };
  await last().answer(201, city);
  await until(() => asked.some(({ path }) => path === `${PAPERS}/p1`));
  expect(text()).not.toContain("2枚目");
  leaveStage();
  city = { ...EMPTY, attachments: [paper("p1"), paper("p2"), paper("p3")] };
  await show(<Stage />);
  expect(() => button(/許可証・届出の控えの写真を撮る/)).toThrow();
  await press("取り替える 2枚目");
  await choose(photo());
  expect(asked.some(({ path }) => path === `${PAPERS}/p2`)).toBe(true);
});

test("a photo is looked at over the page and removed; one that is missing is said", async () => {
  city = { ...EMPTY, attachments: [paper("p1")] };
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  await show(<Stage faults={{ "attachments.other": "写真かPDFを入れてください。" }} />);
  expect(text()).toContain("写真かPDFを入れてください。");
  await press("見る 1枚目");
  expect(document.querySelector("dialog img")?.getAttribute("src")).toBe(`${PAPERS}/p1`);
  await press("消す 1枚目");
  await until(() => !text().includes("1枚目"));
});

test("a photo is made smaller and loses where it was taken; what cannot be drawn stays", async () => {
  const pdf = photo();
  expect(await fit(pdf)).toBe(pdf);
  const drawn: unknown[] = [];
  vi.stubGlobal("createImageBitmap", async () => ({ width: 4800, height: 3600, close: () => undefined }));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ fillRect: () => undefined, drawImage: (...said: unknown[]) => drawn.push(said.slice(3)) } as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) => done(new Blob(["small"], { type: "image/jpeg" })));
  const small = await fit(new File(["large, with its place"], "a.png", { type: "image/png" }));
  expect([small.type, await small.text(), drawn]).toEqual(["image/jpeg", "small", [[2400, 1800]]]);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no picture")));
  const odd = photo("a.heic", "image/heic");
  expect(await fit(odd)).toBe(odd);
});
