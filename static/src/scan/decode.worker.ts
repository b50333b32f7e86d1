/** Looks for a code away from the page, so that the screen stays smooth. */
import jsQR from "jsqr";

interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

const worker = self as unknown as DedicatedWorkerGlobalScope;

worker.onmessage = (message: MessageEvent<Picture>) => {
  const { data, width, height } = message.data;
  const found = jsQR(data, width, height, { inversionAttempts: "attemptBoth" });
  worker.postMessage(found?.data || null);
};
