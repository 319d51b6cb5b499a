"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from "react";
import { may, type Permission } from "../../../protocol/permissions.ts";
import type { Admin } from "../../admin/admin.ts";
import { type LateTextLoaders, LateTexts } from "../late-texts.tsx";

const AdminContext = createContext<Admin | null>(null);

/** Finds out who is there. */
export function AdminProvider(props: {
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}): ReactElement {
  const { loading, failed, children } = props;
  const [admin, setAdmin] = useState<Admin | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const open = useCallback(() => {
    setFailure(null);
    import("../../admin/admin.ts")
      .then(({ openAdmin }) => openAdmin())
      .then(setAdmin, (error: unknown) => setFailure({ error }));
  }, []);
  useEffect(open, [open]);
  if (failure) return <>{failed(failure.error, open)}</>;
  if (!admin) return <>{loading}</>;
  return <AdminContext value={admin}>{children}</AdminContext>;
}

/** Who is there, and what they may do. */
export function useAdmin() {
  const admin = useContext(AdminContext);
  if (!admin) throw new Error("useAdmin needs an AdminProvider above it");
  const { api, me, role, stepUp } = admin;
  return { api, me, stepUp, may: useCallback((permission: Permission) => may(role, permission), [role]) };
}

const LOADERS: LateTextLoaders = {
  en: () => import("../../../../locales/admin/frame.en.json"),
  fr: () => import("../../../../locales/admin/frame.fr.json"),
};

/** The words around the sections. */
export function AdminTexts(props: Omit<Parameters<typeof LateTexts>[0], "loaders">): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
