"use client";

import { createLatePart } from "./late-part.tsx";

/** What is done with reports, for the views below the provider. */
export const [ReportsProvider, useReports] = createLatePart((messenger) => messenger.reports());
