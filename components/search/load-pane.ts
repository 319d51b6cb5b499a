export const loadSearchPane = () => import("./search-pane");

/** At the first approach; who then opens it hears whether it could be fetched. */
export function fetchSearchPane(): void {
  loadSearchPane().catch(() => undefined);
}
