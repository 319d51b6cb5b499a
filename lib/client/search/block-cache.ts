import { type Block, makeBlock, type Row } from "./block.ts";

/** In UTF-16 code units: some 100,000 messages of ordinary length, with their foldings. */
const MOST_CHARACTERS = 24_000_000;

export interface OpenBlock {
  readonly rows: ReadonlyMap<number, Row>;
  /** Made when somebody searches. */
  block: Block | null;
}

/** The blocks that were used last, up to a size; those that are not written yet stay whatever their size. */
export function createBlockCache(mostCharacters: number = MOST_CHARACTERS) {
  const open = new Map<string, OpenBlock>();
  const sizes = new Map<string, number>();
  const unwritten = new Set<string>();
  let characters = 0;

  function remove(name: string): void {
    open.delete(name);
    characters -= sizes.get(name) ?? 0;
    sizes.delete(name);
  }

  function put(name: string, rows: ReadonlyMap<number, Row>): OpenBlock {
    remove(name);
    const opened: OpenBlock = { rows, block: null };
    let size = 0;
    for (const { text } of rows.values()) size += 2 * text.length;
    open.set(name, opened);
    sizes.set(name, size);
    characters += size;
    for (const oldest of open.keys()) {
      if (characters <= mostCharacters) break;
      if (oldest !== name && !unwritten.has(oldest)) remove(oldest);
    }
    return opened;
  }

  return {
    find(name: string): OpenBlock | null {
      const opened = open.get(name);
      if (!opened) return null;
      // The last used is the last to go.
      open.delete(name);
      open.set(name, opened);
      return opened;
    },

    put,
    unwritten,

    /** Whatever begins so. */
    forget(prefix: string): void {
      for (const name of [...open.keys()]) if (name.startsWith(prefix)) remove(name);
      for (const name of unwritten) if (name.startsWith(prefix)) unwritten.delete(name);
    },
  };
}

export function foldedBlock(opened: OpenBlock): Block {
  opened.block ??= makeBlock([...opened.rows.values()].sort((a, b) => a.seq - b.seq));
  return opened.block;
}
