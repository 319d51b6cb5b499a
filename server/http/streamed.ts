/** An answer that is made while it is read: of what nobody takes, nothing is made. @param parts none of them empty */
export function streamed(parts: AsyncGenerator<string>, type: string): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    // The last one: proxies that gather answers would hold back the progress.
    headers: { "content-type": type, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
