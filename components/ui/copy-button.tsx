"use client";

import { type ReactElement, useEffect, useState } from "react";
import { Button, type ButtonTone } from "./button";

const SHOWN_MS = 2000;

export function CopyButton(props: {
  text: string;
  label: string;
  doneLabel: string;
  tone?: ButtonTone;
  className?: string;
}): ReactElement {
  const { text, label, doneLabel, tone = "secondary", className } = props;
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => setDone(false),
    );
  };
  return (
    <Button tone={tone} icon={done ? "check" : "copy"} onClick={copy} className={className}>
      <span aria-live="polite">{done ? doneLabel : label}</span>
    </Button>
  );
}
