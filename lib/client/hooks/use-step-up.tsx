"use client";

import { createContext, type ReactElement, type ReactNode, useCallback, useContext } from "react";
import { useAction } from "./use-action.ts";
import { errorCode } from "./use-error-text.ts";

/** Runs an action; where the server wants both factors first, asks for them and runs it once more. */
export type Guard = <T>(action: () => Promise<T>) => Promise<T>;

const StepUpContext = createContext<Guard | null>(null);

/** @param ask resolves to true once the person has proved both factors, to false when they would rather not */
export function StepUpProvider(props: { ask: () => Promise<boolean>; children: ReactNode }): ReactElement {
  const { ask, children } = props;
  const guard = useCallback<Guard>(
    async (action) => {
      try {
        return await action();
      } catch (error) {
        if (errorCode(error) !== "step-up-required" || !(await ask())) throw error;
        return action();
      }
    },
    [ask],
  );
  return <StepUpContext value={guard}>{children}</StepUpContext>;
}

/** `guard` rejects with "step-up-required" when the person closes the dialog: nothing has happened then. */
export function useStepUp(): { readonly guard: Guard } {
  const guard = useContext(StepUpContext);
  if (!guard) throw new Error("useStepUp needs a StepUpProvider above it");
  return { guard };
}

/** As useAction, behind the step-up. Closing its dialog is no error: nothing has happened. */
export function useGuardedAction<A extends readonly unknown[]>(step: (...args: A) => Promise<void>) {
  const { guard } = useStepUp();
  return useAction(async (...args: A) => {
    try {
      await guard(() => step(...args));
    } catch (error) {
      if (errorCode(error) !== "step-up-required") throw error;
    }
  });
}
