import { setTimeout as sleep } from "node:timers/promises";
import type { Device } from "../../server/testing/device.ts";
import { perfectWire } from "../../server/testing/node-platform.ts";
import type { Seeded } from "../../server/testing/seeded.ts";

const LONGEST_DELAY_MS = 250;
const CLOCK_JUMP_MS = 20 * 60_000;

/** What a network does to one device for so long. Nothing of it is left afterwards. */
export const WIRE_FAULTS: Readonly<
  Record<string, (device: Device, milliseconds: number, chance: Seeded) => Promise<void>>
> = {
  async "sockets cut"({ platform }, milliseconds, chance) {
    for (let left = milliseconds; left > 0; ) {
      for (const socket of platform.sockets) socket.terminate();
      const pause = 100 + chance.below(400);
      await sleep(pause);
      left -= pause;
    }
  },
  async "network down"(device, milliseconds) {
    device.wire.down = true;
    for (const socket of device.platform.sockets) socket.terminate();
    await sleep(milliseconds);
    device.wire.down = false;
  },
  async "frames delayed and reordered"({ wire }, milliseconds, chance) {
    wire.incoming = (data) => [{ data, delayMs: chance.below(LONGEST_DELAY_MS) }];
    await sleep(milliseconds);
    wire.incoming = perfectWire().incoming;
  },
  async "frames doubled"({ wire, platform }, milliseconds) {
    wire.incoming = (data) => [{ data }, { data }];
    wire.outgoing = (data) => {
      // Whatever leaves once more by itself follows.
      for (const socket of platform.sockets)
        if (socket.readyState === socket.OPEN) socket.send(data as Buffer);
      return true;
    };
    await sleep(milliseconds);
    Object.assign(wire, { incoming: perfectWire().incoming, outgoing: perfectWire().outgoing });
  },
  /** As it is where a connection dies: nothing tells which frames were the last to arrive. */
  async "frames lost, then the socket"({ wire, platform }, milliseconds, chance) {
    wire.incoming = (data) => (chance.chance(0.5) ? [] : [{ data }]);
    wire.outgoing = () => chance.chance(0.5);
    await sleep(milliseconds);
    Object.assign(wire, { incoming: perfectWire().incoming, outgoing: perfectWire().outgoing });
    for (const socket of platform.sockets) socket.terminate();
  },
  async "the device's clock jumps"({ wire }, milliseconds, chance) {
    wire.clockAhead = chance.below(2 * CLOCK_JUMP_MS) - CLOCK_JUMP_MS;
    await sleep(milliseconds);
    wire.clockAhead = 0;
  },
};
