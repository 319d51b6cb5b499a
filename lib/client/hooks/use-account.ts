"use client";

import { createLatePart } from "./late-part.tsx";

/** What the settings do, for the panels below the provider. */
export const [AccountProvider, useAccount] = createLatePart((messenger) => messenger.account());
