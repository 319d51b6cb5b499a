import { type Report, runSuites } from "./run-suites.ts";

declare global {
  var runInPage: () => Promise<Report>;
  var runInWorker: () => Promise<Report>;
}

globalThis.runInPage = runSuites;

globalThis.runInWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker("/worker-entry.js", { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<Report>) => resolve(event.data));
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
  });
