import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "..", "..", "..", "deploy", "grafana", "sceau.json");

/** Every series that the dashboard for Grafana asks for; a histogram by its name alone. */
export function dashboardSeries(): string[] {
  const { panels } = JSON.parse(readFileSync(FILE, "utf8")) as {
    panels: { targets: { expr: string }[] }[];
  };
  const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(" ");
  const names = asked.match(/\b(sceau|process)_[a-z_]+/g) ?? [];
  return [...new Set(names.map((name) => name.replace(/_bucket$/, "")))];
}
