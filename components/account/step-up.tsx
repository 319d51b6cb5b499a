"use client";

import { type ReactElement, type ReactNode, Suspense, useCallback, useRef, useState } from "react";
import { lateView } from "@/components/ui/late-view";
import { StepUpProvider } from "@/lib/client/hooks/use-step-up";
import type { StepUpProof } from "@/lib/client/model-account";

const StepUpDialog = lateView(async () => (await import("./step-up-dialog")).StepUpDialog);

/** Gives what is below it `useStepUp`. @param confirm proves both factors to the server */
export function StepUp(props: {
  confirm: (proof: StepUpProof) => Promise<void>;
  children: ReactNode;
}): ReactElement {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const ask = useCallback(() => {
    setAsking(true);
    return new Promise<boolean>((resolve) => waiting.current.push(resolve));
  }, []);
  const settle = (proved: boolean): void => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(proved);
  };
  return (
    <StepUpProvider ask={ask}>
      {props.children}
      {asking && (
        <Suspense>
          <StepUpDialog
            onConfirm={async (proof) => {
              await props.confirm(proof);
              settle(true);
            }}
            onDismiss={() => settle(false)}
          />
        </Suspense>
      )}
    </StepUpProvider>
  );
}
