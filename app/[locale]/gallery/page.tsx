import { notFound } from "next/navigation";
import type { ReactElement } from "react";

/** Development only: the import inside the condition keeps the gallery out of production builds. */
export default async function Page(): Promise<ReactElement> {
  if (process.env.NODE_ENV !== "production") {
    const { Gallery } = await import("@/components/gallery/gallery");
    return <Gallery />;
  }
  notFound();
}
