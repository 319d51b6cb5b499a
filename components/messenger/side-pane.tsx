import { type ReactElement, type ReactNode, type Ref, useEffect } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { BESIDE_CLASS } from "./shell-layout";

interface SidePaneProps {
  readonly as: "aside" | "search" | "section";
  readonly title: string;
  /** Under the title. */
  readonly about?: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** From a page inside to the one before it. */
  readonly back?: { readonly label: string; readonly onClick: () => void } | null;
  readonly paneRef?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

/** What stands beside the open conversation (on a phone in its place), with its title. Escape closes it. */
export function SidePane(props: SidePaneProps): ReactElement {
  const { as: Element, title, about, closeLabel, onClose, back, paneRef, children } = props;
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A dialog or menu on top has taken the key already, and what is being written is not lost to it.
      const writing = event.target instanceof HTMLTextAreaElement && event.target.value !== "";
      if (event.key === "Escape" && !event.defaultPrevented && !writing) onClose();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [onClose]);
  useReturnOfFocus();
  return (
    <Element ref={paneRef} tabIndex={-1} aria-label={title} className={`${BESIDE_CLASS} outline-none`}>
      <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-4">
        <IconButton
          icon="arrowLeft"
          label={back?.label ?? closeLabel}
          onClick={back?.onClick ?? onClose}
          className={back ? "-ms-2" : "-ms-2 min-[1100px]:hidden"}
        />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{title}</h2>
          {about && (
            <p className="truncate text-faint text-xs leading-tight">
              <bdi>{about}</bdi>
            </p>
          )}
        </div>
        <IconButton icon="close" label={closeLabel} onClick={onClose} className="-me-2 max-[1100px]:hidden" />
      </header>
      {children}
    </Element>
  );
}

/** When the pane goes with the focus in it, to where the focus was before: keys go on from there. */
function useReturnOfFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
}

/** In its place while what it needs is fetched. */
export function SidePaneLoading(): ReactElement {
  return (
    <Frame>
      <PanelSkeleton />
    </Frame>
  );
}

/** In its place when that failed. */
export function SidePaneFailed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  return (
    <Frame>
      <PanelFailed error={error} onRetry={onRetry} />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }): ReactElement {
  return (
    <div className={BESIDE_CLASS}>
      <div className="p-5">{children}</div>
    </div>
  );
}
