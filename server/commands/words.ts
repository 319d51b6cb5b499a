import { UsageError } from "./command.ts";

/** @throws UsageError */
export function oneOf<T extends string>(what: string, typed: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === typed);
  if (found === undefined) throw new UsageError(`${what} is one of: ${choices.join(", ")}`);
  return found;
}

/** @throws UsageError */
export function wholeNumber(what: string, typed: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new UsageError(`${what} is a whole number from ${min} to ${max}`);
  return value;
}
