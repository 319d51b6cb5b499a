/**
 * Who may import whom (docs/architecture.md). A room may import itself, the rooms of its entry in ROOMS, and
 * what HALL names for the server. Tests, test harnesses, scripts and benches may import anything.
 */
const TESTING = "\\.test\\.tsx?$|/testing/";
/** Everything in this repository, as opposed to packages and Node's own modules. */
const OURS = "^(app|bench|components|lib|locales|prisma|scripts|server|tests)/";
const PACKAGES = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg", "npm-unknown"];
/** The server's configuration, log, keys and boot error: files directly in server/, but never what is started: main.ts, admin.ts and journal-verify.ts. */
const HALL = "^server/(?!(main|admin|journal-verify)\\.ts)[^/]+\\.ts$";

const ROOMS = [
  {
    name: "base",
    path: "^lib/base/",
    may: [],
    packages: [],
    core: false,
    comment: "Pure helpers at the bottom of everything: what they imported, everything would.",
  },
  {
    name: "crypto",
    path: "^lib/crypto/",
    may: ["^lib/base/", "^lib/protocol/layout/"],
    packages: ["@hpke/"],
    core: false,
    comment:
      "Runs in browsers, workers and Node alike and is audited by itself: no framework, no schema library.",
  },
  {
    name: "protocol",
    path: "^lib/protocol/",
    may: ["^lib/base/"],
    packages: ["zod(/|$)"],
    core: false,
    comment: "Both sides read it, so it knows neither.",
  },
  {
    name: "client",
    path: "^lib/client/(?!hooks/)",
    may: ["^lib/(base|crypto|protocol)/"],
    packages: ["client-zip(/|$)", "idb(/|$)", "zod(/|$)"],
    core: false,
    comment:
      "The messenger without a face: it also runs in Node and in a worker, so no React, no view, no node:.",
  },
  {
    name: "headless",
    path: "^lib/headless/",
    may: [
      "^lib/(base|crypto|protocol)/",
      "^lib/client/(?!hooks/)",
      "^lib/client/hooks/translate\\.ts$",
      "^locales/.*\\.json$",
    ],
    packages: ["otpauth(/|$)", "ws(/|$)", "zod(/|$)"],
    comment:
      "The messenger on a command line: lib/client and Node. Nothing of the server, which it meets over the network alone.",
  },
  {
    name: "hooks",
    path: "^lib/client/hooks/",
    may: ["^lib/client/", "^lib/(base|protocol)/", "^locales/.*\\.json$"],
    packages: ["react(/|$)"],
    core: false,
    comment: "Bind the client to React; keys and boxes stay behind the client.",
  },
  {
    name: "components",
    path: "^components/",
    may: [
      "^lib/client/hooks/",
      "^lib/client/model\\.ts$",
      "^lib/client/model-[a-z]+\\.ts$",
      "^lib/base/ids\\.ts$",
      "^lib/protocol/",
    ],
    core: false,
    comment:
      "Views show what hooks give them; a view that reached keys, storage or the network could not be tested by eye.",
  },
  {
    name: "database",
    path: "^server/database/",
    may: ["^lib/base/", HALL],
    comment: "SQL and rows only: rules about who may do what live in services.",
  },
  {
    name: "passwords",
    path: "^server/passwords/",
    may: ["^lib/(base|protocol)/", HALL],
    comment: "Also the entry of a worker thread, which must stay small.",
  },
  {
    name: "files",
    path: "^server/files/",
    may: ["^lib/base/", HALL],
    comment: "Bytes by their ids on a disk: whose they are and who may read them is for services.",
  },
  {
    name: "services",
    path: "^server/services/",
    may: ["^lib/(base|protocol)/", "^lib/crypto/verify\\.ts$", "^server/(database|files|passwords)/", HALL],
    comment: "Use-cases know neither HTTP nor sockets, and of the cryptography only how to check signatures.",
  },
  {
    name: "http",
    path: "^server/http/",
    may: ["^lib/(base|protocol)/", "^server/services/", "^server/database/faults\\.ts$", HALL],
    comment:
      "An edge reaches data through services alone, which authorise. What an error of the database means is no data.",
  },
  {
    name: "realtime",
    path: "^server/realtime/",
    may: ["^lib/(base|protocol)/", "^server/(http|services)/", HALL],
    comment: "An edge as http is; an upgrade is an HTTP request and is judged by the same functions.",
  },
  {
    name: "jobs",
    path: "^server/jobs/",
    may: ["^lib/(base|protocol)/", "^server/services/", HALL],
    comment: "An edge reaches data through services alone, which authorise.",
  },
  {
    name: "commands",
    path: "^server/commands/",
    may: ["^lib/(base|protocol)/", "^server/services/", HALL],
    comment:
      "An edge reaches data through services alone; whoever may read the data folder may do all of it.",
  },
  {
    name: "routes",
    path: "^app/api/",
    may: ["^lib/(base|protocol)/", "^server/(http/|limits\\.ts$)"],
    comment: "A route declares, calls one service that server/http hands it, and answers.",
  },
  {
    name: "pages",
    path: "^app/(?!api/)",
    may: ["^components/", "^lib/client/hooks/", "^locales/"],
    comment: "Pages compose views. One that reached the server would put data into the static shell.",
  },
  {
    name: "locales",
    path: "^locales/",
    may: ["^lib/client/hooks/translate\\.ts$"],
    packages: [],
    core: false,
    comment: "Words only, and the type that says which words there must be.",
  },
];

function roomRules({ name, path, may, packages, core, comment }) {
  const from = { path, pathNot: TESTING };
  const rules = [
    { name: `${name}-imports`, from, to: { path: OURS, pathNot: [path, ...may] } },
    packages && {
      name: `${name}-packages`,
      from,
      to: { dependencyTypes: PACKAGES, pathNot: packages.map((each) => `^node_modules/${each}`) },
    },
    core === false && { name: `${name}-node`, from, to: { dependencyTypes: ["core"] } },
  ];
  return rules.filter(Boolean).map((rule) => ({ severity: "error", comment, ...rule }));
}

module.exports = {
  forbidden: [
    ...ROOMS.flatMap(roomRules),
    {
      name: "server-cannot-decrypt",
      severity: "error",
      comment:
        "The promise of the product as a fact about this graph: no path leads from the server to what opens or seals.",
      from: { path: "^(server|app/api)/", pathNot: TESTING },
      to: {
        path: "^lib/crypto/(sealed-box|message|inner-message|one-use-key|vault|recovery|hpke|x-wing|device-key)\\.ts$",
        reachable: true,
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "Files that import each other can be understood only together.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-test-code",
      severity: "error",
      comment: "What ships does not contain what tests it.",
      from: { path: "^(app|components|lib|server)/", pathNot: TESTING },
      to: { path: TESTING },
    },
    {
      name: "no-main",
      severity: "error",
      comment: "The composition root is started, never imported: importing it would start a server.",
      from: {},
      to: { path: "^server/(main|admin|journal-verify)\\.ts$" },
    },
    {
      name: "no-development-packages",
      severity: "error",
      comment: "An installation without development packages must run.",
      from: { path: "^(app|components|lib|server)/", pathNot: TESTING },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      comment: "A path that leads nowhere is also a path that no rule above can judge.",
      from: {},
      // Types only: these names have no package but @types.
      to: { couldNotResolve: true, pathNot: "^mdast$" },
    },
  ],
  options: {
    // TypeScript 7 has no API for the default parser. To swc an `import type` is an import like any other.
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^server/database/generated/|\\.css$" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
