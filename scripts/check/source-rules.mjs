import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["app", "bench", "components", "lib", "scripts", "server", "tests"];
const GENERATED = /^server\/database\/generated\//;
const CODE = /\.(m?[jt]s|tsx|css)$/;
const MAX_LINES = 400;
/** The second one imports the keys of tokens, for the library that signs with them. */
const SUBTLE = ["lib/crypto/webcrypto.ts", "server/services/tokens.ts"];

/** What no linter or import rule can say, file by file. */
const RULES = [
  {
    rule: `crypto.subtle is for ${SUBTLE.join(" and ")} alone`,
    applies: (file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file) && !SUBTLE.includes(file),
    broken: (text) => /\bsubtle\b/.test(withoutComments(text)),
  },
  {
    rule: "services are handed to the socket server by main.ts; import their types only",
    applies: (file) => file.startsWith("server/realtime/") && !file.includes(".test."),
    broken: (text) => /^(import|export) (?!type\b)[^;]*"\.\.\/services\//m.test(text),
  },
  {
    rule: `longer than ${MAX_LINES} lines`,
    applies: () => true,
    broken: (text) => text.trimEnd().split("\n").length > MAX_LINES,
  },
];

/** One line for each file under `baseDir` and rule it breaks. */
export function findOffences(baseDir) {
  return FOLDERS.flatMap((folder) => listCode(baseDir, folder)).flatMap((file) => {
    const text = readFileSync(join(baseDir, file), "utf8");
    return RULES.filter(({ applies, broken }) => applies(file) && broken(text)).map(
      ({ rule }) => `${file}: ${rule}`,
    );
  });
}

function listCode(baseDir, folder) {
  if (!existsSync(join(baseDir, folder))) return [];
  return readdirSync(join(baseDir, folder), { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((file) => CODE.test(file) && !GENERATED.test(file))
    .sort();
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}
