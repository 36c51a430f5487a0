import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Resolves once a Redis on this port of loopback answers a PING (or asks for a password first).
 * @throws Error when none did for 10 s
 * @param signal - stops the asking
 */
export async function waitForPong(port: number, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (signal.aborted || (await answers(port))) return;
    await delay(25);
  }
  throw new Error(`no Redis answers on port ${String(port)}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('data', (data) => {
      end(/^(?:\+PONG|-NOAUTH)/.test(data.toString()));
    });
    socket.once('error', () => {
      end(false);
    });
    socket.once('timeout', () => {
      end(false);
    });
  });
}
