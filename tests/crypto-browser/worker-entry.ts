import { runSuites } from "./run-suites.ts";

runSuites().then(
  (report) => postMessage(report),
  (error: unknown) => {
    // Rejections are invisible from outside a worker; an uncaught error is not.
    setTimeout(() => {
      throw error;
    });
  },
);
