/** Sending a file as it is, with word of how far it is: fetch cannot tell, so the older way is taken. */
import { headers } from "./http";
import { NoAnswerError, problemFrom } from "./problems";

const TIMEOUT_MS = 120_000;

export interface Upload<T> {
  readonly answer: Promise<T>;
  /** This function will end it where it is; the answer is then an AbortError. */
  readonly stop: () => void;
}

/** This function will send a file to a door of one's own; `onPart` hears which part of it, from 0 to 1, has left the phone. */
export function upload<T>(path: string, file: Blob, onPart: (part: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  let stopped = false;
  const answer = (async (): Promise<T> => {
    const made = await headers("POST", path, {}, null);
    if (stopped) throw new DOMException("stopped", "AbortError");
    return new Promise<T>((resolve, reject) => {
      request.open("POST", path);
      request.timeout = TIMEOUT_MS;
      made.forEach((value, name) => request.setRequestHeader(name, value));
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.upload.onprogress = ({ loaded, total }) => onPart(total > 0 ? loaded / total : 0);
      request.onerror = request.ontimeout = (event) => reject(new NoAnswerError(event));
      request.onabort = () => reject(new DOMException("stopped", "AbortError"));
      request.onload = () => {
        const body = parsed(request.responseText);
        if (request.status >= 200 && request.status < 300) resolve(body as T);
        else reject(problemFrom(request.status, body, request.getResponseHeader("Retry-After"), Date.now()));
      };
      request.send(file);
    });
  })();
  return {
    answer,
    stop: () => {
      stopped = true;
      request.abort();
    },
  };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
