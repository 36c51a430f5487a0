import { hostClock } from '@lookout/host';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BrokerLink } from './broker-link.ts';
import { startBroker } from './broker-under-test.ts';

const will = { topic: 'test/status', payload: 'offline', retain: true };
const bye = { topic: 'test/bye', payload: 'bye', retain: true };

let broker: Awaited<ReturnType<typeof startBroker>>;
let link: BrokerLink;

beforeAll(async () => {
  Logger.overrideLogger(false);
  broker = await startBroker();
});

afterEach(async () => {
  await link.stop(bye);
});

afterAll(async () => {
  await broker.remove();
});

function open(url = broker.url): BrokerLink {
  link = new BrokerLink({ url, clientId: 'lookout-test', will, clock: hostClock() });
  link.start(() => undefined);
  return link;
}

it('signs in with a password that needs encoding, and leaves a last will', async () => {
  expect(open().trouble).toBe('The broker has not answered yet.');
  await expect.poll(() => link.trouble).toBeNull();
  await link.publish({ topic: 'test/one', payload: 'here', retain: true });
  expect(await broker.retained()).toMatchObject({ 'test/one': 'here' });
  await link.stop(bye);
  // The connection just ends, as it does when the process dies: the broker says the will.
  await expect
    .poll(() => broker.retained())
    .toMatchObject({ 'test/bye': 'bye', 'test/status': 'offline' });
});

it('says that a broker refuses it, without the password that it refused', async () => {
  const url = new URL(broker.url);
  url.password = 'a-wrong-secret';
  open(url.href);
  await expect.poll(() => link.trouble).toMatch(/Not authorized/i);
  expect(link.trouble).not.toContain('secret');
  expect(link.isConnected).toBe(false);
  await expect(link.publish(bye)).rejects.toThrow('away');
});

it('is not held up by a broker that hangs', async () => {
  open();
  await expect.poll(() => link.isConnected).toBe(true);
  broker.freeze();
  try {
    const begun = performance.now();
    const waiting = link.publish(bye).catch(() => 'lost');
    await link.stop(bye);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(await waiting).toBe('lost');
  } finally {
    broker.thaw();
  }
});
