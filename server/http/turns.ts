/**
 * What comes while the event loop looks around once is begun at once, as long as it is little; of a thousand that come in
 * the same moment a few are begun in each turn, first come first, so that sockets are read and databases heard between.
 *
 * @param atOnce begun in one turn at most
 */
export function createTurns(atOnce: number): (begin: () => void) => void {
  const line: (() => void)[] = [];
  let begun = 0;

  function nextTurn(): void {
    begun = 0;
    // Taken one by one: what fails takes nobody along.
    for (let begin = line.shift(); begin; begin = begun < atOnce ? line.shift() : undefined) run(begin);
  }

  function run(begin: () => void): void {
    if (begun === 0) setImmediate(nextTurn);
    begun += 1;
    begin();
  }

  return (begin) => {
    if (begun < atOnce && line.length === 0) run(begin);
    else line.push(begin);
  };
}
