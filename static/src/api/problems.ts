/** What the city answers when it refuses (RFC 9457), and what a phone knows when nobody answers at all. */
import { stepUpOf, type StepUp } from "./step-up";

export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldError[],
    readonly retryAfterSeconds: number | null,
    /** What would let the same request pass, where the city wants to know more surely who is asking. */
    readonly stepUp: StepUp | null = null,
  ) {
    super(detail || title || code);
    this.name = "ProblemError";
  }

  /** What the city said about one field, or null. */
  at(field: string): FieldError | null {
    return this.errors.find((error) => error.field === field) ?? null;
  }

  /** True when the city has decided: sending the same once more would get the same answer. */
  get final(): boolean {
    return this.status < 500 && this.status !== 429 && this.status !== 408 && this.status !== 425;
  }
}

/** Nobody answered: no network, a timeout, or an answer cut off on the way. What was asked may still have been done. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super("no answer", { cause });
    this.name = "NoAnswerError";
  }
}

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function fieldError(value: unknown): FieldError | null {
  if (!isRecord(value)) return null;
  // The house says `field`, the sign-in library says `param`; both mean the same.
  return { field: text(value.field) || text(value.param), code: text(value.code), message: text(value.message) };
}

/** This function will read the wait of a Retry-After header in seconds, from either of its two forms. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header === "") return null;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/** This function will turn any refusing answer into one kind of error, whatever its body holds. */
export function problemFrom(status: number, body: unknown, retryAfterHeader: string | null, now: number): ProblemError {
  const record: Json = isRecord(body) ? body : {};
  const errors = (Array.isArray(record.errors) ? record.errors : []).flatMap((each) => fieldError(each) ?? []);
  const code = text(record.code) || errors[0]?.code || (status === 429 ? "too_many_requests" : `http_${status}`);
  const wait = retryAfter(retryAfterHeader, now);
  return new ProblemError(status, code, text(record.title), text(record.detail), errors, wait, stepUpOf(record));
}
