import { describe, expect, it } from "vitest";
import { concat, utf8 } from "../../lib/base/bytes.ts";
import { pictureType } from "./picture-format.ts";
import { jpeg, segment, webp, webpChunk } from "./testing/pictures.ts";

const refused = { code: "bad-picture" };

describe("a picture", () => {
  it("is a WebP or JPEG of the one size", () => {
    expect(pictureType(webp())).toBe("image/webp");
    expect(pictureType(jpeg())).toBe("image/jpeg");
  });

  it.each([
    ["empty", new Uint8Array()],
    ["one byte", Uint8Array.of(0xff)],
    ["text", utf8("not a picture")],
    ["SVG", utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["GIF", utf8("GIF89a\x00\x01\x00\x01\x00\x00\x00")],
    ["PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ["HTML behind a JPEG", concat(jpeg(), utf8("<script>alert(1)</script>"))],
    ["HTML behind a WebP", concat(webp(), utf8("<script>alert(1)</script>!"))],
    ["HTML in front of a JPEG", concat(utf8("<html>"), jpeg())],
    ["two JPEGs in one", concat(jpeg(), jpeg())],
    ["a JPEG with EXIF", jpeg({ extra: segment(0xe1, utf8("Exif\0\0GPS")) })],
    ["a JPEG with a comment", jpeg({ extra: segment(0xfe, utf8("<script>")) })],
    ["a JPEG without a frame", jpeg({ side: null })],
    ["a JPEG of another size", jpeg({ side: 4096 })],
    ["a WebP of another size", webp({ side: 16383 })],
    ["a WebP with EXIF", webp({ extra: webpChunk("EXIF", utf8("GPS.")) })],
    ["a WebP that moves", webp({ extra: webpChunk("ANIM", new Uint8Array(6)) })],
    ["a WebP without a picture", webp({ side: null, extra: webpChunk("ICCP", utf8("none")) })],
    ["a WebP whose last chunk says it is longer", webp({ lie: 2 })],
  ])("is not %s", (_, bytes) => {
    expect(() => pictureType(bytes)).toThrow(expect.objectContaining(refused));
  });

  it.each([
    ["JPEG", jpeg()],
    ["WebP", webp()],
  ])("is not a %s cut off anywhere", (_, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => pictureType(bytes.slice(0, length))).toThrow(expect.objectContaining(refused));
    }
  });
});
