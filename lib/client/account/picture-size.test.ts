import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pictureSize } from "./picture-size.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));
const text = (ascii: string) => new Uint8Array(Buffer.from(ascii));
const WEBP = "52494646 00000000 57454250";

describe("the size of a picture", () => {
  it.each([
    ["PNG", new Uint8Array(readFileSync("public/icons/icon-192.png")), 192, 192],
    ["JPEG", bytes("ffd8 ffe10004 0000 ffc0 0011 08 0bb8 0fa0 03"), 4000, 3000],
    ["progressive JPEG", bytes("ffd8 ffc2 0011 08 0001 0002 03"), 2, 1],
    ["lossy WebP", bytes(`${WEBP} 56503820 00000000 000000 9d012a 8002 e001`), 640, 480],
    ["lossless WebP", bytes(`${WEBP} 5650384c 00000000 2f 7f c2 77 00`), 640, 480],
    ["extended WebP", bytes(`${WEBP} 56503858 0a000000 00000000 7f0200 df0100`), 640, 480],
  ])("is read from a %s before anything is decoded", (_, head, width, height) => {
    expect(pictureSize(head)).toEqual({ width, height });
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["an SVG", text("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a GIF", text("GIF89a\x01\x00\x01\x00")],
    ["a JPEG without a frame", bytes("ffd8 ffe0 0002 ffda 0002")],
    ["a JPEG cut off", bytes("ffd8 ffe0 ffff")],
    ["a JPEG that turns in circles", bytes(`ffd8 ${"ff00".repeat(8)}`)],
    ["a WebP of an unknown kind", bytes(`${WEBP} 41424344 00000000`)],
    ["a PNG cut off", bytes("89504e470d0a1a0a")],
  ])("is none of %s", (_, head) => {
    expect(pictureSize(head)).toBe(null);
  });
});
