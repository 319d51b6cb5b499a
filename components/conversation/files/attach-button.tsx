"use client";

import type { ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useFileInput } from "./use-file-input";

export function AttachButton(props: { disabled: boolean; className: string }): ReactElement {
  const { t } = useSayingTexts();
  const { choose, input } = useFileInput(() => undefined);
  return (
    <>
      <IconButton icon="clip" label={t("files.attach")} onClick={choose} {...props} />
      {input}
    </>
  );
}
