import { describe, expect, it } from "vitest";
import { parseConfig } from "./config.ts";
import { HELP } from "./config-options.ts";

const flags = (line: string) => parseConfig(line.split(" ").filter(Boolean), {});
const env = (variables: Record<string, string>) => parseConfig([], variables);

describe("parseConfig", () => {
  it("serves plain HTTP on localhost from ./data with its own database by default", () => {
    const config = flags("");
    expect(config).toMatchObject({
      address: "127.0.0.1",
      port: 8080,
      dataFolder: `${process.cwd()}/data`,
      tls: { kind: "off" },
      trustedProxies: [],
      database: { kind: "embedded", bufferPoolMegabytes: 256 },
      dev: false,
      debug: false,
      givenSecrets: {},
    });
    expect(config?.publicUrl.origin).toBe("http://localhost:8080");
    expect(config?.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("opens its figures to nobody unless told to, and to no short token", () => {
    expect(flags("")?.metrics).toEqual({ allow: [] });
    expect(env({ METRICS_TOKEN: "sixteen-or-more!", METRICS_ALLOW: "10.0.0.0/8, ::1" })?.metrics).toEqual({
      token: "sixteen-or-more!",
      allow: ["10.0.0.0/8", "::1/128"],
    });
    for (const wrong of [{ METRICS_TOKEN: "short" }, { METRICS_ALLOW: "everybody" }])
      expect(() => env(wrong)).toThrow(/METRICS_/);
  });

  it("takes a flag before its variable, and an empty variable as none", () => {
    expect(parseConfig(["--port", "9000"], { PORT: "9001" })?.port).toBe(9000);
    expect(env({ SCEAU_PORT: "9002", PORT: "9001" })?.port).toBe(9002);
    expect(env({ SCEAU_PORT: "", PORT: "9001" })?.port).toBe(9001);
    expect(env({ SCEAU_DEBUG: "yes" })?.debug).toBe(true);
    expect(env({ SCEAU_DEBUG: "0" })?.debug).toBe(false);
  });

  it.each([
    ["--address 0.0.0.0 --generate-default-cert", "generated"],
    ["--address 192.0.2.1 --cert-path c.pem --key-path k.pem", "files"],
    ["--address :: --disable-tls --public-url https://chat.example.org", "off"],
    ["--address ::1", "off"],
    ["--address 127.0.0.53", "off"],
    ["--generate-default-cert", "generated"],
  ])("accepts %s", (line, kind) => {
    expect(flags(line)?.tls.kind).toBe(kind);
  });

  it.each([
    ["--port 9443 --generate-default-cert", "https://localhost:9443"],
    ["--address 2001:db8::1 --generate-default-cert", "https://[2001:db8::1]:8080"],
    ["--disable-tls --public-url https://chat.example.org", "https://chat.example.org"],
    ["--public-url http://localhost:3000", "http://localhost:3000"],
  ])("%s is open at %s", (line, origin) => {
    expect(flags(line)?.publicUrl.origin).toBe(origin);
  });

  it.each([
    ["--address 0.0.0.0", /needs TLS/],
    ["--address 0.0.0.0 --public-url http://localhost:1", /needs TLS/],
    ["--address chat.example.org", /--address .* must be an IP address/],
    ["--disable-tls", /--public-url https/],
    ["--disable-tls --public-url http://localhost:80", /--public-url https/],
    ["--disable-tls --generate-default-cert --public-url https://a.example", /Choose one/],
    ["--cert-path c.pem", /together/],
    ["--key-path k.pem", /together/],
    ["--public-url https://chat.example.org", /nothing ends TLS/],
    ["--public-url http://chat.example.org", /localhost only/],
    ["--generate-default-cert --public-url http://localhost", /must begin with https/],
    ["--public-url https://chat.example.org/path --disable-tls", /without a path/],
    ["--public-url https://user@chat.example.org --disable-tls", /without a path/],
    ["--public-url javascript:alert(1)", /http or https/],
    ["--port 0", /1 to 65535/],
    ["--port 65536", /1 to 65535/],
    ["--port 80.5", /1 to 65535/],
    ["--port=", /1 to 65535/],
    ["--data=", /--data .* must be a folder/],
    ["--nonsense", /Unknown option '--nonsense': see --help\./],
    ["--port", /see --help/],
    ["stray", /see --help/],
  ])("refuses %s", (line, sentence) => {
    expect(() => flags(line)).toThrow(sentence);
  });

  it("reads an external database, and never repeats its password", () => {
    const url = "mysql://sceau:hunter2@db.example:3307/chat?ssl=true";
    expect(env({ DATABASE_URL: url })?.database).toEqual({ kind: "external", url: new URL(url) });
    for (const wrong of [
      "postgres://u:hunter2@h/n",
      "mysql://u:hunter2@h",
      "mysql://h/n",
      `${url}&x=1`,
      "hunter2",
    ]) {
      expect(() => env({ DATABASE_URL: wrong })).toThrow(/^DATABASE_URL must be of the form/);
      expect(() => env({ DATABASE_URL: wrong })).not.toThrow(/hunter2/);
    }
  });

  it("writes trusted proxies as ranges, and refuses anything else", () => {
    const list = env({ TRUSTED_PROXIES: "10.0.0.0/8, ::1,192.0.2.7" })?.trustedProxies;
    expect(list).toEqual(["10.0.0.0/8", "::1/128", "192.0.2.7/32"]);
    for (const wrong of ["10.0.0.0/33", "proxy.example", "10.0.0.1,", "*"]) {
      expect(() => env({ TRUSTED_PROXIES: wrong })).toThrow(/^TRUSTED_PROXIES must be/);
    }
  });

  it("takes a Redis for nodes that share a database, and no other", () => {
    const DATABASE_URL = "mysql://u:p@db/sceau";
    expect(env({ DATABASE_URL })?.redisUrl).toBeNull();
    expect(env({ DATABASE_URL, REDIS_URL: "rediss://:p@cache:6380" })?.redisUrl?.port).toBe("6380");
    expect(() => env({ REDIS_URL: "redis://cache" })).toThrow(/DATABASE_URL/);
    expect(() => env({ DATABASE_URL, REDIS_URL: "http://cache" })).toThrow(/^REDIS_URL must be of the form/);
  });

  it("counts how long messages are kept in seconds, and refuses what could mean something else", () => {
    expect(env({})?.messageRetention).toBe(0);
    expect(env({ MESSAGE_RETENTION: "90d" })?.messageRetention).toBe(90 * 86_400);
    expect(flags("--message-retention 12w")?.messageRetention).toBe(84 * 86_400);
    expect(env({ MESSAGE_RETENTION: "0" })?.messageRetention).toBe(0);
    for (const wrong of ["90", "0d", "1.5d", "-1d", "90 d", "1y", "99999d"])
      expect(() => env({ MESSAGE_RETENTION: wrong })).toThrow(/hours, days or weeks/);
  });

  it("passes keys from the environment on, unread", () => {
    expect(env({ JWT_SECRET: "a,b", TOTP_KEY: "2:c" })?.givenSecrets).toEqual({ jwt: "a,b", totp: "2:c" });
  });

  it("answers --help with every flag and variable", () => {
    expect(flags("--help --port wrong")).toBeNull();
    for (const word of [
      "--address",
      "--generate-default-cert",
      "SCEAU_PORT, PORT",
      "DATABASE_URL",
      "TOTP_KEY",
    ]) {
      expect(HELP).toContain(word);
    }
  });
});
