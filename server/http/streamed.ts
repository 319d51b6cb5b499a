/** An answer that is made while it is read: of what nobody takes, nothing is made. @param parts none of them empty */
export function streamed(parts: AsyncGenerator<string>, type: string): Response {
  const encoder = new TextEncoder();
  return new Response(
    streamOf(parts, (text) => encoder.encode(text)),
    {
      // The last one: proxies that gather answers would hold back the progress.
      headers: { "content-type": type, "cache-control": "no-store", "x-accel-buffering": "no" },
    },
  );
}

/** Read as it is taken, one part at a time: a slow reader keeps no more than that in memory. */
export function streamOf<Part>(
  parts: AsyncGenerator<Part>,
  encode: (part: Part) => Uint8Array,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encode(value));
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
