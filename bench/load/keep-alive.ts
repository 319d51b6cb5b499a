import { Agent, request } from "node:http";

const CONNECTIONS = 64;

/** Asks one origin over connections that stay open. @returns the body; it throws where that is no 200 */
export function keepAlive(origin: string, connections = CONNECTIONS) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (path: string, cookie: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const asked = request(new URL(path, origin), { agent, headers: { cookie } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(Buffer.concat(parts));
          else reject(new Error(`${path}: ${answer.statusCode}`));
        });
      });
      asked.on("error", reject).end();
    });
}
