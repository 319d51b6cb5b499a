import type { ReactElement, ReactNode } from "react";
import { Icon } from "@/components/ui/icons";

/** From one of them back to all. */
export function BackLink({ href, children }: { href: string; children: ReactNode }): ReactElement {
  return (
    <a
      href={href}
      className="target -ms-2 inline-flex items-center gap-2 self-start rounded-lg px-2 text-accent hover:bg-hover"
    >
      <Icon name="arrowLeft" className="size-4.5" />
      {children}
    </a>
  );
}
