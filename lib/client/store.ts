/** A value that views subscribe to. Changes made in one go notify once. */
export function createStore<T extends object>(initial: T) {
  const listeners = new Set<() => void>();
  let state = initial;
  let scheduled = false;

  return {
    get: (): T => state,

    set(change: Partial<T>): void {
      state = { ...state, ...change };
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        for (const listener of [...listeners]) listener();
      });
    },

    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
