import { notFound } from "next/navigation";
import type { ReactElement } from "react";

/** Development only: the import inside the condition keeps the demo out of production builds. */
export default async function Page(): Promise<ReactElement> {
  if (process.env.NODE_ENV !== "production") {
    const { DemoMessengerApp } = await import("@/components/gallery/demo-messenger-app");
    return <DemoMessengerApp />;
  }
  notFound();
}
