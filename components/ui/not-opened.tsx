"use client";

import { useEffect } from "react";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useToast } from "./toast";

interface NotOpenedProps {
  error: unknown;
  onClose: () => void;
}

/** In place of a dialog whose words did not come: says so, and closes it. */
export function NotOpened({ error, onClose }: NotOpenedProps): null {
  const toast = useToast();
  const errorText = useErrorText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each failure.
  useEffect(() => {
    toast(errorText(error));
    onClose();
  }, [error]);
  return null;
}
