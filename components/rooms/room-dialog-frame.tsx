"use client";

import type { ReactElement, ReactNode } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Dialog } from "@/components/ui/dialog";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsProvider } from "@/lib/client/hooks/use-rooms";

/** A dialog in which something is done with rooms. */
export function RoomDialogFrame(props: {
  title: string;
  description?: string;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const { t } = useI18n();
  const { onClose, children, ...texts } = props;
  return (
    <Dialog {...texts} open onOpenChange={(open) => open || onClose()} closeLabel={t("common.close")}>
      <RoomsProvider
        loading={<Padded>{<PanelSkeleton />}</Padded>}
        failed={(error, retry) => (
          <Padded>
            <PanelFailed error={error} onRetry={retry} />
          </Padded>
        )}
      >
        {children}
      </RoomsProvider>
    </Dialog>
  );
}

function Padded({ children }: { children: ReactNode }): ReactElement {
  return <div className="p-5">{children}</div>;
}
