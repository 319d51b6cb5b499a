import type { ReactElement, ReactNode } from "react";

export function Section(props: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className="flex flex-col gap-4 border-line border-t pt-5">
      <h2 className="font-serif text-xl">{props.title}</h2>
      <div className="flex flex-wrap items-start gap-4">{props.children}</div>
    </section>
  );
}
