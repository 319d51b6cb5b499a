const ADDRESS = /https?:\/\/[^\s<>"]+/g;
/** At the end of an address these belong to the sentence around it. */
const AFTER = /[.,;:!?'’)\]}»”…]+$/u;

interface Part {
  /** Where it begins in the text. */
  readonly at: number;
  readonly part: string;
  /** Whether it is an address, of http or https and nothing else. */
  readonly isLink: boolean;
}

/** A text in its order, taken apart where web addresses begin and end. */
export function webAddresses(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  const take = (end: number, isLink: boolean): void => {
    if (end > done) parts.push({ at: done, part: text.slice(done, end), isLink });
    done = end;
  };
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(AFTER, "");
    if (!URL.canParse(address)) continue;
    take(index, false);
    take(index + address.length, true);
  }
  take(text.length, false);
  return parts;
}
