"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect, useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";

/** Light modules around the code, as ISO/IEC 18004 asks for. */
const QUIET = 4;

interface Drawing {
  readonly side: number;
  /** One SVG path with a unit square for each dark module. */
  readonly path: string;
}

async function draw(text: string): Promise<Drawing> {
  // Loaded here because only one screen of the whole entrance needs it.
  const { encodeQR } = await import("qr");
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const path = rows
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""))
    .join("");
  return { side: rows.length, path };
}

/** Always dark on white, whatever the theme: readers expect that. */
export function QrCode(props: {
  text: string;
  label: string;
  /** Where more has to fit beside it. */
  small?: boolean;
}): ReactElement {
  const { text, label } = props;
  const size = props.small ? "size-40" : "size-52";
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let left = false;
    draw(text).then(
      (drawn) => !left && setDrawing(drawn),
      // The key below it as text does the same.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [text]);
  if (!drawing) return <Skeleton className={clsx(size, "rounded-xl")} />;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${drawing.side} ${drawing.side}`}
      shapeRendering="crispEdges"
      className={clsx(size, "rounded-xl border border-line bg-[#fff]")}
    >
      <path d={drawing.path} fill="#000" />
    </svg>
  );
}
