"use client";

import { useEffect, useState } from "react";
import { startOfDay } from "./day-format.ts";

const CHECK_MS = 60_000;

/** The midnight that today began with; changes when the day does (also after sleep, hence no timer to midnight). */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => {
    const timer = setInterval(() => setToday(startOfDay(Date.now())), CHECK_MS);
    return () => clearInterval(timer);
  }, []);
  return today;
}
