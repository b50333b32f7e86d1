/**
 * For whom the person acts, where it is somebody else. It lives in this page alone: a reload or a sign-out ends it, so that nobody
 * finds themself acting for another without having said so.
 */
import { signal } from "@preact/signals";

export interface Acting {
  /** The other's resident id, sent as `Machi-For` with every question that is asked for them. */
  readonly person: string;
  readonly name: string;
  /** The services in which one may act for them. */
  readonly scopes: readonly string[];
  /** A parent or guardian, who also sees who looked at the other's data. */
  readonly protects?: boolean;
}

export const acting = signal<Acting | null>(null);

/** Whom the present question is for: a word that tells people apart, the same for as long as it is the same person. */
export const whose = (): string | null => acting.peek()?.person ?? null;
