/** What is measured, in the text format that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/ */

type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** @param labels with few values each, and nobody's name or id among them */
  add(count?: number, labels?: Labels): void;
}

export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

/** What a gauge stands at: one figure, or one for each value of a label. */
type Reading = number | readonly (readonly [labels: Labels, value: number])[];

export interface Registry {
  counter(name: string, help: string): Counter;
  /** @param bounds upper ones, ascending */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** Read when somebody asks. */
  gauge(name: string, help: string, read: () => Reading): void;
  text(): string;
}

/** A label that takes ever new values would fill the memory; beyond so many they are one. */
const MOST_SERIES = 2_000;

export function createRegistry(): Registry {
  const families: (() => string[])[] = [];
  const family = (name: string, help: string, type: string, lines: () => string[]): void => {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()]);
  };

  return {
    counter(name, help) {
      const series = new Map<string, number>();
      family(name, help, "counter", () =>
        [...series].map(([labels, count]) => `${name}${braced(labels)} ${count}`),
      );
      return {
        add(count = 1, labels = {}) {
          const key = keyOf(series, labels);
          series.set(key, (series.get(key) ?? 0) + count);
        },
      };
    },

    histogram(name, help, bounds) {
      const series = new Map<string, { counts: number[]; sum: number }>();
      family(name, help, "histogram", () =>
        [...series].flatMap(([labels, { counts, sum }]) => {
          let total = 0;
          const buckets = counts.map((count, i) => {
            total += count;
            const bound = `le="${bounds[i] ?? "+Inf"}"`;
            return `${name}_bucket${braced(labels ? `${labels},${bound}` : bound)} ${total}`;
          });
          return [
            ...buckets,
            `${name}_sum${braced(labels)} ${sum}`,
            `${name}_count${braced(labels)} ${total}`,
          ];
        }),
      );
      return {
        observe(value, labels = {}) {
          const key = keyOf(series, labels);
          const found = series.get(key) ?? { counts: Array<number>(bounds.length + 1).fill(0), sum: 0 };
          const place = bounds.findIndex((bound) => value <= bound);
          const at = place === -1 ? bounds.length : place;
          found.counts[at] = (found.counts[at] ?? 0) + 1;
          found.sum += value;
          series.set(key, found);
        },
      };
    },

    gauge(name, help, read) {
      family(name, help, "gauge", () => {
        const reading = read();
        if (typeof reading === "number") return [`${name} ${reading}`];
        return reading.map(([labels, value]) => `${name}${braced(textOf(labels))} ${value}`);
      });
    },

    text: () => `${families.flatMap((lines) => lines()).join("\n")}\n`,
  };
}

const braced = (labels: string): string => (labels ? `{${labels}}` : "");

function textOf(labels: Labels): string {
  let text = "";
  for (const name in labels) text += `${text && ","}${name}="${escaped(labels[name] as string)}"`;
  return text;
}

/** Nearly none has anything to escape. */
const escaped = (value: string): string =>
  /[\\"\n]/.test(value) ? value.replace(/[\\"\n]/g, (each) => (each === "\n" ? "\\n" : `\\${each}`)) : value;

function keyOf(series: ReadonlyMap<string, unknown>, labels: Labels): string {
  const key = textOf(labels);
  if (series.size < MOST_SERIES || series.has(key)) return key;
  return textOf(Object.fromEntries(Object.keys(labels).map((name) => [name, "other"])));
}
