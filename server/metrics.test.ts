import { expect, test } from "vitest";
import { createRegistry } from "./metrics.ts";

test("counters, gauges and histograms are written as Prometheus reads them", () => {
  const registry = createRegistry();
  const counter = registry.counter("things_total", "Things.");
  counter.add();
  counter.add(2, { kind: 'a "b"\\\n' });
  counter.add(1, { kind: 'a "b"\\\n' });
  registry.gauge("level", "Level.", () => [
    [{ of: "x" }, 1.5],
    [{ of: "y" }, 0],
  ]);
  registry.gauge("plain", "Plain.", () => 7);
  const histogram = registry.histogram("took_seconds", "Took.", [0.1, 1]);
  for (const seconds of [0.1, 0.5, 0.5, 3]) histogram.observe(seconds, { route: "/" });
  expect(registry.text()).toBe(`# HELP things_total Things.
# TYPE things_total counter
things_total 1
things_total{kind="a \\"b\\"\\\\\\n"} 3
# HELP level Level.
# TYPE level gauge
level{of="x"} 1.5
level{of="y"} 0
# HELP plain Plain.
# TYPE plain gauge
plain 7
# HELP took_seconds Took.
# TYPE took_seconds histogram
took_seconds_bucket{route="/",le="0.1"} 1
took_seconds_bucket{route="/",le="1"} 3
took_seconds_bucket{route="/",le="+Inf"} 4
took_seconds_sum{route="/"} 4.1
took_seconds_count{route="/"} 4
`);
});

test("a label that takes ever new values does not fill the memory", () => {
  const registry = createRegistry();
  const counter = registry.counter("things_total", "Things.");
  for (let i = 0; i < 5_000; i++) counter.add(1, { kind: String(i) });
  const lines = registry.text().split("\n");
  expect(lines.length).toBeLessThan(2_010);
  expect(lines).toContain('things_total{kind="other"} 3000');
});
