import { writeFileSync } from "node:fs";
import type { Locator } from "playwright";

const WIDTH = 640;
const HEIGHT = 480;
const BLACK = 16;
const WHITE = 235;
/** How much of the picture's height the code fills. */
const FILL = 0.8;

/** Flags with which Chromium's camera shows this file, and nobody is asked whether it may. */
export const cameraFlags = (file: string): readonly string[] => [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  `--use-file-for-fake-video-capture=${file}`,
];

/** Holds what a page shows as a QR code before the camera of another: one frame of video, played again and again. */
export async function holdBeforeCamera(code: Locator, file: string): Promise<void> {
  const [side, path] = await code.evaluate((svg: SVGSVGElement) => [
    svg.viewBox.baseVal.width,
    svg.querySelector("path")?.getAttribute("d") ?? "",
  ]);
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const scale = Math.floor((HEIGHT * FILL) / side);
  const [left, top] = [Math.floor((WIDTH - side * scale) / 2), Math.floor((HEIGHT - side * scale) / 2)];
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let row = 0; row < scale; row++) {
      const start = (top + Number(y) * scale + row) * WIDTH + left + Number(x) * scale;
      luma.fill(BLACK, start, start + scale);
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const head = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\nFRAME\n`;
  writeFileSync(file, Buffer.concat([Buffer.from(head), luma, chroma]));
}
