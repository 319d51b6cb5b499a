/** One query takes no more keys than this. */
const MOST_KEYS = 500;
/** Of keys that may have a thousand rows each, fewer: other work gets its turn between two answers. */
const MOST_KEYS_OF_MANY_ROWS = 50;

interface Asked<Row> {
  readonly resolve: (row: Row | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A lookup that many callers ask one key each: what is asked in one turn of the event loop becomes one query.
 * @param load the rows that there are, by their keys
 */
export function coalesce<Key, Row>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
  mostKeys: number = MOST_KEYS,
): (key: Key) => Promise<Row | null> {
  let waiting = new Map<Key, Asked<Row>[]>();

  function ask(): void {
    const asked = waiting;
    waiting = new Map();
    load([...asked.keys()]).then(
      (rows) => {
        for (const [key, askers] of asked) for (const { resolve } of askers) resolve(rows.get(key) ?? null);
      },
      (error) => {
        for (const askers of asked.values()) for (const { reject } of askers) reject(error);
      },
    );
  }

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.size >= mostKeys) ask();
      if (waiting.size === 0) {
        const mine = waiting;
        setImmediate(() => {
          if (waiting === mine) ask();
        });
      }
      const askers = waiting.get(key);
      if (askers) askers.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
    });
}

/** The same of keys that have any number of rows. */
export function coalesceMany<Key, Row>(
  load: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): (key: Key) => Promise<readonly Row[]> {
  const find = coalesce(async (keys: readonly Key[]) => {
    const groups = new Map<Key, Row[]>();
    for (const row of await load(keys)) {
      const key = keyOf(row);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    return groups;
  }, MOST_KEYS_OF_MANY_ROWS);
  return async (key) => (await find(key)) ?? [];
}
