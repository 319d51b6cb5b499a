import type { ReactNode } from "react";

/** Draws plain words, which may name people. Must stay the same function: what is drawn is remembered. */
export type DrawWords = (words: string) => ReactNode;
