import type { Publish, ServerEvent } from "../services/publish.ts";

/** Carries what services publish to whoever delivers it: within this process. */
export interface Bus {
  readonly publish: Publish;
  subscribe(listener: (event: ServerEvent) => void): void;
}

export function createMemoryBus(): Bus {
  const listeners: ((event: ServerEvent) => void)[] = [];
  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
