import type { ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ErrorBoundary } from "./error-boundary.tsx";

afterEach(() => vi.unstubAllGlobals());

/** Presses "Try again" on what stands in for a view that failed. */
function retry(onLine: boolean) {
  const reload = vi.fn();
  vi.stubGlobal("navigator", { onLine });
  vi.stubGlobal("location", { reload });
  const boundary = new ErrorBoundary({ children: "the view" });
  const drawAnew = vi.spyOn(boundary, "setState").mockReturnValue();
  Object.assign(boundary.state, ErrorBoundary.getDerivedStateFromError());
  const { onRetry } = (boundary.render() as ReactElement<{ onRetry: () => void }>).props;
  onRetry();
  return { reload, drawAnew };
}

test("trying again asks the server for the page: code that failed to load is not asked for again by less", () => {
  expect(retry(true).reload).toHaveBeenCalledOnce();
});

test("without a network, where a new page would be none, the view is drawn anew", () => {
  const { reload, drawAnew } = retry(false);
  expect(reload).not.toHaveBeenCalled();
  expect(drawAnew).toHaveBeenCalledWith({ failed: false });
});
