import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import { extendTranscript, initialTranscript } from "../../crypto/transcript.ts";
import { randomBytes } from "../../crypto/webcrypto.ts";
import { createTranscript, type TranscriptEntry } from "./transcript.ts";

const conversation = newId<ConversationId>();

/** A history in which each sender states the position `seen` gives it. */
async function history(length: number, seen: (seq: number) => number | null): Promise<TranscriptEntry[]> {
  const heads = [await initialTranscript(conversation)];
  const entries: TranscriptEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const hash = randomBytes(32);
    const position = seen(seq);
    const head = position === null ? undefined : heads[position];
    entries.push({ seq, hash, statement: head && position !== null ? { position, head } : null });
    heads.push(await extendTranscript(heads.at(-1) as (typeof heads)[number], hash));
  }
  return entries;
}

describe("the transcript", () => {
  test("accepts any true history, in whatever pages it is loaded", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { minLength: 2, maxLength: 25 }),
        fc.nat(24),
        fc.integer({ min: 1, max: 6 }),
        async (lags, from, size) => {
          const entries = await history(lags.length, (seq) => Math.max(0, seq - 1 - (lags[seq - 1] ?? 0)));
          const transcript = createTranscript(conversation);
          const start = Math.min(from, entries.length - 1);
          const sound: boolean[] = [];
          for (let i = start; i < entries.length; i += size)
            sound.push(await transcript.include(entries.slice(i, i + size)));
          for (let i = start; i > 0; i -= size)
            sound.push(await transcript.include(entries.slice(Math.max(0, i - size), i)));
          expect(sound.every(Boolean)).toBe(true);
          expect((await transcript.head()).position).toBe(entries.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("notices a changed, dropped or swapped message once somebody speaks after it", async () => {
    const entries = await history(10, (seq) => seq - 1);
    const lies: ((one: TranscriptEntry[]) => TranscriptEntry[])[] = [
      (all) => all.map((one) => (one.seq === 5 ? { ...one, hash: randomBytes(32) } : one)),
      (all) => all.filter(({ seq }) => seq !== 5).map((one, i) => ({ ...one, seq: i + 1 })),
      (all) =>
        [...all.slice(0, 4), all[5], all[4], ...all.slice(6)].map((one, i) => ({
          ...(one as TranscriptEntry),
          seq: i + 1,
        })),
    ];
    for (const lie of lies) expect(await createTranscript(conversation).include(lie(entries))).toBe(false);
  });

  test("a lie in an older page shows when that page arrives", async () => {
    const entries = await history(10, (seq) => seq - 1);
    const transcript = createTranscript(conversation);
    expect(await transcript.include(entries.slice(5))).toBe(true);
    const lying = entries.slice(0, 5).map((one) => (one.seq === 3 ? { ...one, hash: randomBytes(32) } : one));
    expect(await transcript.include(lying)).toBe(false);
  });

  test("nobody can have seen their own message before sending it", async () => {
    const [first] = await history(1, () => 0);
    const impossible = { ...(first as TranscriptEntry), statement: { position: 1, head: randomBytes(32) } };
    expect(await createTranscript(conversation).include([impossible])).toBe(false);
  });

  test("without an anchor a client claims to have seen nothing", async () => {
    const transcript = createTranscript(conversation);
    await transcript.include((await history(10, () => null)).slice(5));
    expect(await transcript.head()).toEqual({ position: 0, head: await initialTranscript(conversation) });
  });

  test("goes on from what is forgotten: true history is accepted, a lie that follows it shows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { minLength: 4, maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        async (lags, cut) => {
          const entries = await history(lags.length, (seq) => Math.max(0, seq - 1 - (lags[seq - 1] ?? 0)));
          const transcript = createTranscript(conversation);
          const half = Math.floor(entries.length / 2);
          const sound = [await transcript.include(entries.slice(0, half))];
          transcript.forgetBefore(Math.min(cut, half + 1));
          sound.push(await transcript.include(entries.slice(half)));
          expect(sound).toEqual([true, true]);
          expect((await transcript.head()).position).toBe(entries.length);
        },
      ),
      { numRuns: 40 },
    );
    const entries = await history(10, (seq) => seq - 1);
    const transcript = createTranscript(conversation);
    await transcript.include(entries.slice(0, 5));
    const { head, position } = await transcript.head();
    // All of it: what one has seen stays said.
    transcript.forgetBefore(6);
    expect(await transcript.head()).toEqual({ head, position });
    const another = { ...(entries[5] as TranscriptEntry), hash: randomBytes(32) };
    expect(await transcript.include([another, ...entries.slice(6)])).toBe(false);
  });

  test("begins anew after a gap that nobody can fill any more", async () => {
    const entries = await history(10, (seq) => seq - 1);
    const transcript = createTranscript(conversation);
    await transcript.include(entries.slice(0, 3));
    transcript.forgetBefore(6);
    expect(await transcript.include(entries.slice(5))).toBe(true);
    expect((await transcript.head()).position).toBe(10);
  });
});
