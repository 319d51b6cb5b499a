/** What the load generator is told, and tells. */

export interface LoadClient {
  readonly cookie: string;
  /** In hex. */
  readonly account: string;
  /** What it sends, in base64; each time under another message id. */
  readonly envelope: string;
}

export interface Load {
  /** Of the socket. */
  readonly url: string;
  readonly origin: string;
  readonly clients: readonly LoadClient[];
  /** How many of them write; everybody reads. */
  readonly writers: number;
  /** Who gets a message of theirs: the partner, or everybody else. */
  readonly readers: "partner" | "everybody";
  /** Sent and not acknowledged yet at any time, by each writer; or a pace, over all of them. */
  readonly pace: { readonly outstanding: number } | { readonly perSecond: number };
  readonly warmSeconds: number;
  readonly seconds: number;
}

export interface Measured {
  /** Messages acknowledged to their senders, a second. */
  readonly acknowledged: number;
  /** Messages that reached a reader, a second. */
  readonly delivered: number;
  readonly refused: number;
  /** From the send to each delivery, in milliseconds. */
  readonly median: number;
  readonly ninetyNinth: number;
}
