/** What the load generator is told, and tells. */

export interface LoadClient {
  readonly cookie: string;
  /** In hex. */
  readonly account: string;
  /** What it sends, in base64; each time under another message id. */
  readonly envelope: string;
}

export interface Load {
  /** Of the socket; of several, with spaces between them, one after the other. */
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

/** In milliseconds. */
export interface Waits {
  readonly median: number;
  readonly ninetyNinth: number;
}

/** The waits are those from the send to each delivery. */
export interface Measured extends Waits {
  /** Messages acknowledged to their senders, a second. */
  readonly acknowledged: number;
  /** Messages that reached a reader, a second. */
  readonly delivered: number;
  readonly refused: number;
}

/** Sockets on which nothing is said. */
export interface Holding extends Pick<Load, "url" | "origin" | "clients"> {
  /** Nothing of what comes is read. */
  readonly deaf?: boolean;
}

export interface Held {
  readonly connected: number;
}

/** Everybody comes back at once, and asks for what was missed. */
export interface Resume extends Pick<Load, "url" | "origin"> {
  readonly clients: readonly (LoadClient & { readonly conversation: string })[];
  /** How many messages each has to get. */
  readonly missed: number;
  /** Where pages are asked for; null where the first frame of the socket is the page. */
  readonly pages: string | null;
}

/** Pages of 50, from anywhere in one conversation. */
export interface Paging {
  readonly stored: number;
  readonly seconds: number;
  /** By HTTP. */
  readonly from: { readonly origin: string; readonly cookie: string; readonly conversation: string };
}

export interface Rate {
  readonly perSecond: number;
}

/** To a server that has just started, and to the same once more. */
export interface Resumed {
  readonly first: Rate;
  readonly again: Rate;
}

/** Everybody of one room looks at it and at some others, and does what shows. */
export interface Onlooking extends Pick<Load, "url" | "origin" | "clients" | "warmSeconds" | "seconds"> {
  /** How many people each looks at. */
  readonly looking: number;
  /** Of those who leave their desk or are back at it, and as many who write, over all of them. */
  readonly perSecond: number;
}

export interface Overheard {
  /** Frames a second that each hears: of who is there, and of who writes. */
  readonly presence: number;
  readonly typing: number;
  /** By how many each change was heard. */
  readonly heard: number;
  /** From a change until somebody hears of it, in milliseconds. */
  readonly ninetyNinth: number;
}

/** What became of sign-ins: told right or wrong, told to come again, or neither. */
export interface Told {
  checked: number;
  overloaded: number;
  unanswered: number;
}
