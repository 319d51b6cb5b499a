import { describe, expect, it } from "vitest";
import { rasterType } from "./raster.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("rasterType", () => {
  it.each([
    ["\x89PNG\r\n\x1a\n....", "image/png"],
    ["\xff\xd8\xff\xe0..JFIF", "image/jpeg"],
    ["GIF89a....", "image/gif"],
    ["RIFF\x10\n\0\0WEBPVP8 ", "image/webp"],
    ["\0\0\0\x20ftypavif\0\0\0\0", "image/avif"],
    ["\0\0\0\x20ftypmif1\0\0\0\0mif1avif", "image/avif"],
  ])("knows %j", (head, type) => {
    expect(rasterType(bytes(head))).toBe(type);
  });

  it.each(["", "<svg xmlns=", "<!doctype html>", "\x89PNG", "%PDF-1.7", "RIFF\x10\n\0\0WAVE", "GIF90a"])(
    "draws no %j",
    (head) => {
      expect(rasterType(bytes(head))).toBeNull();
    },
  );
});
