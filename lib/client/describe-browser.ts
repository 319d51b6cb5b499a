/** "Firefox · Android", or "sceau": for people to tell their devices apart, nothing depends on it. */
export function describeBrowser(agent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[], otherwise: string) =>
    names.find(([pattern]) => pattern.test(agent))?.[1] ?? otherwise;
  const browser = find(
    [
      [/^sceau/, "sceau"],
      [/Edg(?:A|iOS)?\//, "Edge"],
      [/OPR\//, "Opera"],
      [/Firefox\/|FxiOS\//, "Firefox"],
      [/Chrome\/|CriOS\//, "Chrome"],
      [/Safari\//, "Safari"],
    ],
    "Browser",
  );
  const system = find(
    [
      [/Android/, "Android"],
      [/iPhone/, "iPhone"],
      [/iPad/, "iPad"],
      [/Windows/, "Windows"],
      [/CrOS/, "ChromeOS"],
      [/Mac OS X/, "macOS"],
      [/Linux/, "Linux"],
    ],
    "",
  );
  return system ? `${browser} · ${system}` : browser;
}
