import { join } from "node:path";
import { bootErrorOf } from "./boot-error.ts";
import { type Config, loadConfig } from "./config.ts";
import type { DatabaseTarget } from "./database/connection.ts";
import { openDatabase } from "./database/database.ts";
import { startEmbeddedDatabase } from "./database/embedded/embedded-database.ts";
import { migrate } from "./database/migrate.ts";
import { diskBeside, diskOf } from "./disks.ts";
import { createFileStore } from "./files/file-store.ts";
import { createAddressOf } from "./http/client-address.ts";
import { createDoor } from "./http/door.ts";
import { registerServices } from "./http/services.ts";
import { findSession } from "./http/session-cookie.ts";
import { startCleanup } from "./jobs/cleanup.ts";
import { startCounting } from "./jobs/counts.ts";
import { startExpiry } from "./jobs/expiry.ts";
import { startFileUpkeep } from "./jobs/files.ts";
import { startSizing } from "./jobs/room-sizes.ts";
import { startFollowing } from "./jobs/settings.ts";
import { createServer, listen } from "./listen.ts";
import { createLog, type Log } from "./log.ts";
import { readRoutes, readScriptHashes, startNext } from "./next-app.ts";
import { createMemoryBus } from "./realtime/bus.ts";
import { createHub } from "./realtime/hub.ts";
import { joinNodes, type Nodes, type NodesDeps } from "./realtime/nodes/nodes.ts";
import { redisLinks } from "./realtime/nodes/redis-link.ts";
import { createPresence } from "./realtime/presence/presence.ts";
import { createSocketServer } from "./realtime/socket-server.ts";
import { loadSecrets } from "./secrets.ts";
import { createServerMetrics } from "./server-metrics.ts";
import { createServices, type Services } from "./services/services.ts";
import { loadTls } from "./tls.ts";

/** How long requests in flight may take once the server is asked to stop. */
const STOP_MS = 5_000;
/** After that the rest is stopped, whoever is still connected. */
const CUT_MS = 1_000;

const config = loadConfig();
const log = createLog(config);
const stops: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | null = null;

// Whoever reads the output may go away; writing to a closed pipe must not become an error about an error, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  await start(config, log);
} catch (error) {
  const reason = bootErrorOf(error, config.dataFolder);
  if (reason) process.stderr.write(`${reason.message}\n`);
  else log.fatal({ err: error }, "start failed");
  await stop(1);
}

/** The composition root: everything is made here once and handed down. */
async function start(config: Config, log: Log): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Again and again: npm passes Ctrl-C on, so one press arrives twice.
    process.on(signal, () => {
      log.info({ signal }, "stopping");
      void stop(0);
    });
  }
  const secrets = loadSecrets(config);
  const tls = await loadTls(config);
  const [target, next] = await Promise.all([openTarget(config, log), startNext(config)]);
  stops.push(() => next.close());
  await migrate(target, join(config.root, "prisma", "migrations"), log);
  const database = openDatabase(target, config.databaseConnections);
  stops.push(() => database.close());

  const clock = Date.now;
  const bus = createMemoryBus();
  const metrics = createServerMetrics();
  const hub = createHub(metrics);
  metrics.registry.gauge("sceau_sockets", "Open sockets.", () => hub.count().sockets);
  metrics.registry.gauge("sceau_people_connected", "People with an open socket.", () => hub.count().people);
  let nodes: Nodes | null = null;
  const { publicUrl, version, dev } = config;
  const addressOf = createAddressOf(config.trustedProxies);
  const services = createServices({
    database,
    fileStore: createFileStore(config.filesFolder),
    secrets,
    publicUrl,
    version,
    messageRetention: config.messageRetention,
    metrics,
    metricsAccess: config.metrics,
    publish: bus.publish,
    connected() {
      const [here, elsewhere] = [hub.count(), nodes?.count()];
      return {
        people: here.people + (elsewhere?.people ?? 0),
        sockets: here.sockets + (elsewhere?.sockets ?? 0),
      };
    },
    isLinked: () => nodes?.isLinked() ?? null,
    disk: () => diskOf(config.dataFolder),
    filesDisk: () => diskBeside(config.filesFolder, config.dataFolder),
    log,
    clock,
  });
  // Others hear of what was accepted, down to the last message.
  stops.push(() => nodes?.stop());
  stops.push(() => services.close());
  bus.subscribe(services.otherNodes.heard);
  bus.subscribe(services.announcements.heard);
  bus.subscribe(hub.handle);
  bus.subscribe(({ type }) => {
    if (type === "policies")
      services.policies.refresh().catch((error) => log.warn({ err: error }, "policies not read"));
  });
  registerServices(services);
  const warm = services.warmUp().catch((error) => log.warn({ err: error }, "warm-up failed"));
  stops.push(startCleanup(services, log));
  stops.push(startCounting(services));

  const { conversations } = services;
  const presence = createPresence({ conversations, hub, publish: bus.publish, log, clock });
  bus.subscribe(presence.handle);
  const sockets = createSocketServer({
    services,
    hub,
    presence,
    onGreeted: (heads) => nodes?.greeted(heads),
    publicUrl,
    addressOf,
    clock,
  });
  bus.subscribe(({ type }) => {
    if (type === "access-rules")
      services.accessRules
        .refresh()
        .then(sockets.review)
        .catch((error) => log.warn({ err: error }, "access rules not read"));
  });
  bus.subscribe((event) => {
    if (event.type === "archived" || event.type === "room-offer") sockets.greetAll(event.members);
  });
  const greetAll = () => sockets.greetAll();
  stops.push(await startFollowing(services, greetAll, log));
  stops.push(startExpiry(services, log), startSizing(services, log));
  stops.push(await startFileUpkeep(services, log));
  if (config.redisUrl)
    nodes = await joinOthers(config.redisUrl, { bus, hub, presence, greetAll, log, clock }, services);
  const door = createDoor(next.handle, {
    publicUrl,
    addressOf,
    dev,
    https: publicUrl.protocol === "https:",
    isSignedIn: async (cookies) => (await findSession(services, cookies, false)) !== null,
    hashes: readScriptHashes(config),
    routes: readRoutes(config),
    measure: metrics.http,
  });
  const server = createServer(tls, door);
  server.on("upgrade", (request, socket, head) => {
    if (!sockets.handleUpgrade(request, socket, head)) next.handleUpgrade(request, socket, head);
  });
  await warm;
  await listen(server, config);
  stops.push(() => {
    sockets.close();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), STOP_MS).unref();
      // What was upgraded, or is about to be, is not among these connections.
      setTimeout(resolve, STOP_MS + CUT_MS).unref();
    });
  });
  services.deletion.resume(true).catch((error) => log.warn({ err: error }, "deletions not resumed"));
  announce(config, await services.firstRun.issueToken());
}

async function joinOthers(
  url: URL,
  deps: Omit<NodesDeps, "openLink" | "otherNodes" | "limits">,
  { otherNodes, limits }: Services,
): Promise<Nodes> {
  const openLink = await redisLinks(url, await otherNodes.channel(), deps.log);
  return joinNodes({ ...deps, otherNodes, limits, openLink });
}

async function openTarget({ database, dataFolder }: Config, log: Log): Promise<DatabaseTarget> {
  if (database.kind === "external") return database.url;
  const embedded = await startEmbeddedDatabase({
    dataFolder,
    bufferPoolMegabytes: database.bufferPoolMegabytes,
    log,
  });
  stops.push(() => embedded.stop());
  return embedded;
}

/** The one address, and once the one link; for a person, so not through the log. */
function announce({ publicUrl, version }: Config, token: string | null): void {
  const lines = [`Sceau ${version} is at ${publicUrl.origin}`];
  if (token) lines.push(`Make the administrator's account: ${publicUrl.origin}/register#token=${token}`);
  process.stdout.write(`\n  ${lines.join("\n  ")}\n\n`);
}

/** In reverse order of starting: sockets and requests first, the database last. Asked twice, it stops once. */
function stop(code: number): Promise<void> {
  stopping ??= stopAll().then(() => process.exit(code));
  return stopping;
}

async function stopAll(): Promise<void> {
  for (const step of stops.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      log.warn({ err: error }, "a part did not stop cleanly");
    }
  }
}
