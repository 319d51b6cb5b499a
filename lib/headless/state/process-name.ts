import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * What names one process for good among all that may see a folder: where its number counts, the number, and when it
 * began, because numbers are given out again.
 */
export interface ProcessName {
  readonly place: string;
  readonly pid: number;
  readonly began: string;
}

export const thisProcess: ProcessName = {
  place: readPlace(),
  pid: process.pid,
  began: readBegan(process.pid) ?? "unknown",
};

/** "elsewhere": in another container or on another machine, so that nobody here can tell. */
export function livenessOf({ place, pid, began }: ProcessName): "alive" | "gone" | "elsewhere" {
  if (place !== thisProcess.place) return "elsewhere";
  const now = readBegan(pid);
  if (now !== null) return now === began ? "alive" : "gone";
  return began === "unknown" && answersSignals(pid) ? "alive" : "gone";
}

/** One name for each use of this process, as the owner of what it leaves behind. */
export function newOwner(): string {
  return `${encodeProcessName(thisProcess)} ${randomUUID()}`;
}

export function encodeProcessName({ place, pid, began }: ProcessName): string {
  return `${place} ${pid} ${began}`;
}

/** @returns null for what is none */
export function parseProcessName(text: string): ProcessName | null {
  const [, place, pid, began] = /^(\S+) (\d+) (\S+)(?:\s|$)/.exec(text) ?? [];
  return place && pid && began ? { place, pid: Number(pid), began } : null;
}

function readPlace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname().replace(/\s/g, "-") || "localhost";
  }
}

/** @returns null for a process that is not there, or has ended and waits to be collected; always without /proc */
function readBegan(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
