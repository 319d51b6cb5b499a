import { expect, it } from "vitest";
import { toAppError } from "./problem.ts";

const failed = (code: string) => toAppError(Object.assign(new Error("failed"), { code })).code;

it("tells a database that is busy or away from a fault of one's own", () => {
  // P2028: no connection was free in time for what Prisma reads in a transaction; P2034: two were in each other's way.
  for (const code of ["P2028", "P2034", "P2024", "ECONNREFUSED", "ETIMEDOUT"])
    expect(failed(code)).toBe("unavailable");
  expect(failed("P2002")).toBe("internal");
});

it("knows the database's own number of a fault, whoever passes it on", () => {
  const passedOn = (errno: number) => {
    const cause = { kind: "mysql", originalCode: String(errno) };
    const byAdapter = Object.assign(new Error("failed"), { name: "DriverAdapterError", cause });
    return [
      Object.assign(new Error("failed"), { name: "SqlError", errno }),
      byAdapter,
      Object.assign(new Error("failed"), { code: "P2039", meta: { driverAdapterError: byAdapter } }),
    ].map((error) => toAppError(error).code);
  };
  // No connection in time, a deadlock, a row that was changed meanwhile, a full disk, a socket that ended while a query was under way.
  for (const errno of [45028, 1213, 1020, 1021, 45009])
    expect(passedOn(errno)).toEqual(["unavailable", "unavailable", "unavailable"]);
  // An account was deleted between a look at it and the row that names it.
  expect(passedOn(1452)).toEqual(["conflict", "conflict", "conflict"]);
  expect(failed("P2003")).toBe("conflict");
  expect(passedOn(1064)).toEqual(["internal", "internal", "internal"]);
});

it("takes only a driver's word for the database being away", () => {
  const named = (name: string, message: string) =>
    toAppError(Object.assign(new Error(message), { name })).code;
  expect(named("SqlError", "Connection is closed")).toBe("unavailable");
  expect(named("DriverAdapterError", "pool timeout")).toBe("unavailable");
  expect(named("PrismaClientUnknownRequestError", "Can't connect")).toBe("unavailable");
  expect(named("TypeError", "connection.send is not a function")).toBe("internal");
  const absent = (syscall: string) =>
    toAppError(Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall })).code;
  expect([absent("connect"), absent("open")]).toEqual(["unavailable", "internal"]);
});
