"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { Skeleton } from "./skeleton";

/** Between two looks at the picture. */
const EVERY_MS = 120;
/** A code on a screen is read at this size; a phone's camera offers many times more. */
const SIDE = 480;

/**
 * Reads QR codes with the camera, as long as it is there.
 * @param onRead with the text of each code that is seen, again for as long as it is
 * @param onUnavailable when there is no camera, or the person would rather not
 */
export function QrScanner(props: {
  label: string;
  onRead: (text: string) => void;
  onUnavailable: () => void;
}): ReactElement {
  const { label } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [running, setRunning] = useState(false);
  const calls = useRef(props);
  calls.current = props;

  useEffect(() => {
    let left = false;
    let timer = 0;
    let stream: MediaStream | null = null;

    async function start(): Promise<void> {
      const { decodeQR } = await import("qr/decode.js");
      const screen = video.current;
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (left || !screen) return stop();
      screen.srcObject = stream;
      await screen.play();
      setRunning(true);
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("no canvas");
      const look = (): void => {
        const scale = Math.min(1, SIDE / Math.min(screen.videoWidth, screen.videoHeight));
        canvas.width = Math.max(1, Math.round(screen.videoWidth * scale));
        canvas.height = Math.max(1, Math.round(screen.videoHeight * scale));
        context.drawImage(screen, 0, 0, canvas.width, canvas.height);
        try {
          const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
          calls.current.onRead(decodeQR({ data, width, height }));
        } catch {
          // No code in this picture.
        }
        if (!left) timer = window.setTimeout(look, EVERY_MS);
      };
      look();
    }

    function stop(): void {
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    }

    start().catch(() => {
      stop();
      if (!left) calls.current.onUnavailable();
    });
    return () => {
      left = true;
      stop();
    };
  }, []);

  return (
    <div className="relative mx-auto aspect-square w-full max-w-72 overflow-hidden rounded-xl bg-shade">
      {!running && <Skeleton className="absolute inset-0" />}
      <video ref={video} muted playsInline aria-label={label} className="size-full object-cover" />
      <div aria-hidden="true" className="absolute inset-8 rounded-lg border-2 border-paper/80" />
    </div>
  );
}
