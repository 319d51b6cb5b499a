/** One query takes no more keys than this. */
const MOST_KEYS = 500;

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
      if (waiting.size >= MOST_KEYS) ask();
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
