import { monitorEventLoopDelay } from "node:perf_hooks";
import { createRegistry, type Registry } from "./metrics.ts";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RESOLUTION_MS = 10;
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

export interface HttpAnswer {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What this server measures of itself. Parts whose state is asked for add gauges to the registry. */
export function createServerMetrics() {
  const registry = createRegistry();
  const messages = registry.counter("sceau_messages_stored_total", "Messages stored.");
  const batches = registry.histogram("sceau_commit_messages", "Messages in one commit.", COUNTS);
  const commits = registry.histogram(
    "sceau_commit_seconds",
    "How long one commit of messages took.",
    SECONDS,
  );
  const fanOut = registry.histogram("sceau_fanout_sockets", "Sockets that one message went to.", [
    0,
    ...COUNTS,
  ]);
  const openFailures = registry.counter(
    "sceau_open_failures_total",
    "What browsers could not open, as they reported it.",
  );
  const requests = registry.counter("sceau_http_requests_total", "Answers by route and status.");
  const durations = registry.histogram("sceau_http_seconds", "How long answers took, by route.", SECONDS);
  const passwords = registry.histogram(
    "sceau_password_seconds",
    "One password hashed or compared, waiting included.",
    SECONDS,
  );
  const files = registry.counter("sceau_files_stored_total", "Files that came whole.");
  const fileBytes = registry.counter("sceau_file_bytes_total", "Bytes of files, received and sent.");
  const fileRefusals = registry.counter("sceau_file_refusals_total", "Files that were not taken, by cause.");
  addProcess(registry);

  return {
    registry,

    /** @param stored of the messages of the batch */
    commit(batch: number, stored: number, seconds: number): void {
      messages.add(stored);
      batches.observe(batch);
      commits.observe(seconds);
    },
    fanOut: (sockets: number): void => fanOut.observe(sockets),
    openFailure: (cause: string, count: number): void => openFailures.add(count, { cause }),
    file: {
      stored: (): void => files.add(),
      received: (bytes: number): void => fileBytes.add(bytes, { direction: "received" }),
      sent: (bytes: number): void => fileBytes.add(bytes, { direction: "sent" }),
      refused: (cause: string): void => fileRefusals.add(1, { cause }),
    },
    password: (seconds: number): void => passwords.observe(seconds),
    http({ method, route, status, seconds }: HttpAnswer): void {
      requests.add(1, { method, route, status: String(status) });
      durations.observe(seconds, { method, route });
    },
  };
}

export type ServerMetrics = ReturnType<typeof createServerMetrics>;

function addProcess(registry: Registry): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // Node counts from one look to the next, in nanoseconds.
  const late = (between: number) => Math.max(0, between / 1e9 - RESOLUTION_MS / 1e3);
  delay.enable();
  registry.gauge(
    "sceau_event_loop_delay_seconds",
    "By how much timers were late since the last scrape.",
    () => {
      const read = [
        [{ quantile: "0.5" }, late(delay.percentile(50))],
        [{ quantile: "0.99" }, late(delay.percentile(99))],
        [{ quantile: "1" }, late(delay.max)],
      ] as const;
      delay.reset();
      return read;
    },
  );
  registry.gauge("process_resident_memory_bytes", "Memory of the process.", () => process.memoryUsage.rss());
  registry.gauge(
    "sceau_heap_used_bytes",
    "Memory that its objects use.",
    () => process.memoryUsage().heapUsed,
  );
  registry.gauge("process_start_time_seconds", "When it was started, since 1970.", () =>
    Math.round(Date.now() / 1000 - process.uptime()),
  );
  registry.gauge("sceau_cpu_seconds", "Processor time that it used so far.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
}
