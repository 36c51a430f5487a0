import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childEnvironment } from '@lookout/config';
import { freePort } from '@lookout/test-redis';
import { connectAsync } from 'mqtt';

/** Debian puts it where not everybody looks. */
const PATH = `${childEnvironment()['PATH'] ?? ''}:/usr/sbin`;
const USER = 'lookout';
const PASSWORD = 'not#to@be:shown';
const PATIENCE_MS = 20_000;

export interface Received {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** A real Mosquitto of a test's own on loopback; it wants a password, and forgets all in a restart. */
export async function startBroker() {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-mqtt-'));
  const port = await freePort();
  const passwords = join(folder, 'passwords');
  const settings = join(folder, 'mosquitto.conf');
  execFileSync('mosquitto_passwd', ['-c', '-b', passwords, USER, PASSWORD]);
  const lines = [
    `listener ${String(port)} 127.0.0.1`,
    'allow_anonymous false',
    `password_file ${passwords}`,
    'persistence false',
    // It would give up the right to read its own folder.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ];
  await writeFile(settings, lines.join('\n'));
  let child: ChildProcess | null = null;

  const start = async () => {
    const broker = spawn('mosquitto', ['-c', settings], {
      stdio: 'ignore',
      env: childEnvironment({ PATH }),
    });
    child = broker;
    process.once('exit', () => broker.kill('SIGKILL'));
    for (const end = Date.now() + PATIENCE_MS; !(await answers(port));) {
      if (broker.exitCode !== null || Date.now() > end) throw new Error('mosquitto does not start');
      await delay(50);
    }
  };
  const stop = async () => {
    const broker = child;
    child = null;
    if (broker === null) return;
    broker.kill('SIGKILL');
    await once(broker, 'exit');
  };
  const login = { host: '127.0.0.1', port, username: USER, password: PASSWORD };
  await start();
  return {
    url: `mqtt://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${String(port)}`,
    password: PASSWORD,
    start,
    stop,
    /** It is there and says nothing, until it is thawed. */
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    /** Listens to everything from now on, retained messages first. */
    async listen() {
      const client = await connectAsync({ ...login, reconnectPeriod: 0 });
      const received: Received[] = [];
      client.on('message', (topic, payload, { retain }) => {
        received.push({ topic, payload: payload.toString(), retain });
      });
      await client.subscribeAsync('#', { qos: 1 });
      return { received, end: () => client.endAsync(true) };
    },
    /** What the broker holds for those who come later, by topic. */
    async retained(): Promise<Record<string, string>> {
      const client = await connectAsync({ ...login, reconnectPeriod: 0 });
      const held: Record<string, string> = {};
      const marker = `done/${String(Math.random())}`;
      const done = new Promise<void>((resolve) => {
        client.on('message', (topic, payload, { retain }) => {
          if (topic === marker) resolve();
          else if (retain) held[topic] = payload.toString();
        });
      });
      await client.subscribeAsync('#', { qos: 1 });
      await client.publishAsync(marker, 'done', { qos: 1 });
      await done;
      await client.endAsync(true);
      return held;
    },
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = dial(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
