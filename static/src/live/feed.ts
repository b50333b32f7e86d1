/**
 * One live feed over one WebSocket. The law: a snapshot, then events, and snapshot + events is always what a fresh
 * snapshot would say. So after every break the feed starts again with a new ticket and a new snapshot.
 */
import { backoffMs } from "./backoff";

export type FeedState = "connecting" | "live" | "lost";

export interface FeedEvent {
  readonly type: string;
  readonly data: unknown;
}

export interface FeedUse {
  snapshot(snapshot: unknown): void;
  event(event: FeedEvent): void;
  state(state: FeedState): void;
  /** The city gave no ticket for this feed, and said why; it is asked again all the same. */
  refused?(why: unknown): void;
}

/** The world outside, given in so that a test can play it. */
export interface FeedWorld {
  /** The address of a socket that will carry this feed, paid for with a fresh ticket. */
  address(feed: string): Promise<string>;
  open(address: string): WebSocket;
  later(deed: () => void, ms: number): () => void;
  random(): number;
}

interface Message {
  readonly feed?: string;
  readonly snapshot?: unknown;
  readonly event?: FeedEvent;
}

export class Feed {
  private socket: WebSocket | null = null;
  private tries = 0;
  private closed = false;
  private cancelRetry: (() => void) | null = null;

  constructor(
    private readonly name: string,
    private readonly use: FeedUse,
    private readonly world: FeedWorld,
  ) {
    void this.connect();
  }

  close(): void {
    this.closed = true;
    this.cancelRetry?.();
    this.drop();
  }

  /** This function will try at once, because the phone woke up or the network came back. */
  hurry(): void {
    if (this.closed || this.cancelRetry === null) return;
    this.cancelRetry();
    this.cancelRetry = null;
    this.tries = 0;
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.use.state("connecting");
    try {
      const address = await this.world.address(this.name);
      if (this.closed) return;
      const socket = this.world.open(address);
      this.socket = socket;
      socket.onmessage = (message: MessageEvent) => this.hear(socket, String(message.data));
      socket.onclose = () => this.lose(socket);
      socket.onerror = () => this.lose(socket);
    } catch (error) {
      this.use.refused?.(error);
      this.lose(null);
    }
  }

  private hear(socket: WebSocket, raw: string): void {
    if (socket !== this.socket) return;
    const message = JSON.parse(raw) as Message;
    if (message.feed !== this.name) return;
    if (message.snapshot !== undefined) {
      this.tries = 0;
      this.use.snapshot(message.snapshot);
      this.use.state("live");
    } else if (message.event) {
      this.use.event(message.event);
    }
  }

  private lose(socket: WebSocket | null): void {
    if (this.closed || socket !== this.socket || this.cancelRetry !== null) return;
    this.drop();
    this.use.state("lost");
    const wait = backoffMs(this.tries, this.world.random());
    this.tries += 1;
    this.cancelRetry = this.world.later(() => {
      this.cancelRetry = null;
      void this.connect();
    }, wait);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
  }
}
