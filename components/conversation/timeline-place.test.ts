import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/client/model";
import { rowOfPlace } from "./timeline-place";
import type { TimelineRow } from "./timeline-rows";

const row = (seq: number): TimelineRow => ({
  kind: "message",
  key: `m${seq}`,
  message: { seq } as Message,
  opens: true,
  closes: true,
});
const rows: TimelineRow[] = [{ kind: "day", key: "day", at: 0 }, row(5), row(6), row(9)];

describe("rowOfPlace", () => {
  it.each([
    ["the end", "end", null],
    ["a row that is there", { key: "m6", seq: 6, offset: 0 }, 2],
    ["a line without a number", { key: "day", seq: null, offset: 0 }, 0],
    ["a message that is gone", { key: "m7", seq: 7, offset: 0 }, 3],
    ["a message before all that is loaded", { key: "m2", seq: 2, offset: 0 }, null],
    ["a message after all that is loaded", { key: "m12", seq: 12, offset: 0 }, null],
    ["a line that is gone", { key: "unread", seq: null, offset: 0 }, null],
  ] as const)("%s", (_, place, found) => {
    expect(rowOfPlace(rows, place)).toBe(found);
  });
});
