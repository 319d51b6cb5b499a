/** Which of the declared routes a path belongs to: figures go by routes, paths hold ids. */
export function createRoutePatterns(routes: readonly string[]): (path: string) => string {
  const whole = new Set(routes);
  const patterns = routes
    .filter((route) => route.includes("["))
    .map((route) => ({ route, segments: route.split("/") }))
    // What is said more exactly first: a rest is taken by what has nothing else.
    .sort((a, b) => Number(a.route.includes("[...")) - Number(b.route.includes("[...")));
  return (path) => {
    if (whole.has(path)) return path;
    if (path.startsWith("/_next/")) return "/_next";
    const segments = path.split("/");
    return patterns.find((pattern) => fits(pattern.segments, segments))?.route ?? "other";
  };
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const rest = pattern.at(-1)?.startsWith("[...") === true;
  if (rest ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((segment, i) => segment.startsWith("[") || segment === path[i]);
}
