import type { ReactElement, ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";

/** One subject of a panel: what it is, a sentence about it, and what can be done. */
export function PanelGroup(props: { title: string; intro?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h3 className="font-serif text-xl">{props.title}</h3>
        {props.intro && <p className="text-pretty text-soft">{props.intro}</p>}
      </div>
      {props.children}
    </section>
  );
}

export function PanelSkeleton(): ReactElement {
  return (
    <div className="flex w-full max-w-2xl animate-late flex-col gap-4">
      <Skeleton className="h-6 w-44 rounded" />
      <Skeleton className="h-24 w-full rounded-xl" />
      <Skeleton className="h-24 w-full rounded-xl" />
    </div>
  );
}
