/** This page's own requests. */
export function browserFetch(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, { ...init, credentials: "same-origin" });
}
