import type { Publish, ServerEvent } from "../services/publish.ts";

/** @param from the node that published it; null for this one */
type Listener = (event: ServerEvent, from: string | null) => void;

/** Carries what services publish to whoever delivers it: within this process, and to other nodes by a listener of their own. */
export interface Bus {
  readonly publish: Publish;
  /** What another node has published, or the database knows: to the listeners here. */
  deliver(event: ServerEvent, from: string): void;
  subscribe(listener: Listener): void;
}

export function createMemoryBus(): Bus {
  const listeners: Listener[] = [];
  function tell(event: ServerEvent, from: string | null): void {
    for (const listener of listeners) listener(event, from);
  }
  return {
    publish: (event) => tell(event, null),
    deliver: tell,
    subscribe: (listener) => void listeners.push(listener),
  };
}
