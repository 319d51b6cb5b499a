"use client";

import { clsx } from "clsx";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { keepingPlace } from "./destinations";

/** The page's first step takes no focus: nobody has lost it. */
let isFirst = true;

/**
 * One screen of the entrance: what it is for, then what to do. Where one comes from another step, and nothing in it takes the focus,
 * its heading does, so that it is read out and Tab goes on from there.
 * @param heading below other ones, where it stands elsewhere
 */
export function Step(props: {
  title: string;
  intro?: ReactNode;
  heading?: "h1" | "h4" | undefined;
  children: ReactNode;
}): ReactElement {
  const { heading: Heading = "h1" } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Within another page, somebody has asked for it.
    if ((Heading === "h4" || !isFirst) && document.activeElement === document.body) title.current?.focus();
    isFirst = false;
  }, [Heading]);
  return (
    <section className="flex flex-col gap-6">
      <header className="flex flex-col gap-2 print:hidden">
        <Heading
          ref={title}
          tabIndex={-1}
          className={clsx(
            "text-balance outline-none",
            Heading === "h1" ? "font-serif text-2xl" : "font-semibold text-lg",
          )}
        >
          {props.title}
        </Heading>
        {props.intro && <p className="text-pretty text-soft">{props.intro}</p>}
      </header>
      {props.children}
    </section>
  );
}

/** A question with a way to another page, below a form. */
export function Elsewhere(props: { question: string; href: string; label: string }): ReactElement {
  return (
    <p className="text-soft">
      {props.question}{" "}
      <a
        href={props.href}
        onClick={(event) => {
          event.currentTarget.href = keepingPlace(props.href, location.hash);
        }}
        className="inline-block py-1 font-medium text-accent underline underline-offset-3"
      >
        {props.label}
      </a>
    </p>
  );
}
