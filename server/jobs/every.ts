/** Does it now and then, as long as there is something else that the process lives for. @returns ends it */
export function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
}
