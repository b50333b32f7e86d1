/** Reads a code from a picture: the browser's own reader where there is one, else ours in a worker. */
export interface Decoder {
  read(picture: HTMLVideoElement | ImageBitmap): Promise<string | null>;
  close(): void;
}

interface BrowserReader {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface BrowserReaderClass {
  new (options: { formats: readonly string[] }): BrowserReader;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function browserDecoder(): Promise<Decoder | null> {
  const Reader = (window as { BarcodeDetector?: BrowserReaderClass }).BarcodeDetector;
  if (!Reader) return null;
  const formats: readonly string[] = await Reader.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return null;
  const reader = new Reader({ formats: ["qr_code"] });
  return {
    read: async (picture) => (await reader.detect(picture))[0]?.rawValue || null,
    close: () => undefined,
  };
}

/** Larger pictures are made smaller: a code that fills the frame is still plain at this width, and reading stays quick. */
const LONGEST_SIDE = 900;

function pixels(canvas: HTMLCanvasElement, picture: HTMLVideoElement | ImageBitmap): ImageData | null {
  const width = picture instanceof HTMLVideoElement ? picture.videoWidth : picture.width;
  const height = picture instanceof HTMLVideoElement ? picture.videoHeight : picture.height;
  if (width === 0 || height === 0) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return paper?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

function workerDecoder(): Decoder {
  const worker = new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" });
  const canvas = document.createElement("canvas");
  return {
    read(picture) {
      const image = pixels(canvas, picture);
      if (!image) return Promise.resolve(null);
      return new Promise((resolve) => {
        worker.onmessage = (message: MessageEvent<string | null>) => resolve(message.data);
        worker.postMessage({ data: image.data, width: image.width, height: image.height }, [image.data.buffer]);
      });
    },
    close: () => worker.terminate(),
  };
}

export async function openDecoder(): Promise<Decoder> {
  return (await browserDecoder()) ?? workerDecoder();
}

/** This function will read a code from a picture file, or give null when there is none in it. */
export async function readPicture(file: Blob): Promise<string | null> {
  const decoder = await openDecoder();
  try {
    const picture = await createImageBitmap(file);
    return await decoder.read(picture);
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}
