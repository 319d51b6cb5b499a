import { describe, expect, it } from "vitest";
import { drawableType, rasterType } from "./raster.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const GIF = "GIF89a\x80\x02\xe0\x01....";
const AVIF = `\0\0\0\x20ftypavif\0\0\0\0....ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0`;

describe("drawableType", () => {
  it.each([
    ["image/gif", GIF],
    ["image/avif", AVIF],
  ])("knows how large a picture of %s is once it is drawn", (type, head) => {
    expect(drawableType(bytes(head), 640 * 480)).toBe(type);
    expect(drawableType(bytes(head), 640 * 480 - 1)).toBeNull();
  });

  it.each(["", "<svg", "GIF89a", AVIF.slice(0, -8), "\xff\xd8\xff\xe0"])(
    "draws no %j, which does not say",
    (head) => {
      expect(drawableType(bytes(head), 1e9)).toBeNull();
    },
  );
});

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
