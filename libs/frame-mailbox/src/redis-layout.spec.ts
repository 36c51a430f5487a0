import { once } from 'node:events';
import { connectRedis } from '@lookout/redis-link';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { camera, frame, longLease, presence } from './conformance/frames.ts';
import { balanced } from './conformance/mailbox-harness.ts';
import { openRedis, type RedisHarness } from './conformance/redis-harness.ts';
import { MailboxRefused, MailboxUnavailable } from './frame-mailbox.ts';
import { RedisFrameMailbox } from './redis-frame-mailbox.ts';

describe('the mailbox in Redis', () => {
  let h: RedisHarness;
  beforeEach(async () => {
    h = await openRedis();
  });
  afterEach(() => h.close());

  const everything = async () => {
    const content: Record<string, string> = {};
    for (const key of (await h.redis.keys('*')).sort()) {
      content[key] = (await h.redis.dumpBuffer(key)).toString('base64');
    }
    return content;
  };

  it('is one expiring key per camera, a header and then the JPEG', async () => {
    await h.mailbox.register(camera('gate', { expiryMs: 60_000 }));
    const published = frame('gate', 0);
    await h.mailbox.publish(published);
    const stored = await h.redis.getBuffer('lookout:frame:gate');
    expect(stored?.toString('latin1', 0, 4)).toBe('LKFR');
    expect(stored?.subarray(stored.readUInt16BE(6))).toEqual(published.jpeg);
    const left = await h.redis.pttl('lookout:frame:gate');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    for (let sequence = 1; sequence < 50; sequence += 1) {
      await h.mailbox.publish(frame('gate', sequence));
    }
    expect(await h.redis.keys('*')).toHaveLength(4);
    expect(await h.redis.strlen('lookout:frame:gate')).toBeLessThan(4000);
  });

  it('keeps nothing of a camera that was removed, or of a worker that left', async () => {
    const groups = ['detector', 'archive'];
    await h.mailbox.register(camera('gate', { groups }));
    await h.mailbox.register(camera('gate', { groups: ['detector', 'other'] }));
    await h.roster.beat(presence('w1'));
    await h.mailbox.publish(frame('gate', 0));
    await h.taker.take(longLease);
    await h.mailbox.remove('gate');
    await h.roster.leave('w1');
    expect(await h.redis.keys('*')).toEqual([]);
  });

  it('changes nothing at all when it refuses a frame for want of memory', async () => {
    await h.mailbox.register(camera('gate'));
    await h.mailbox.publish(frame('gate', 0));
    const before = await everything();
    await h.fill(true);
    await expect(h.mailbox.publish(frame('gate', 1))).rejects.toThrow(MailboxRefused);
    expect(await everything()).toEqual(before);
  });

  it('refuses the frame alone that a full memory has no room for', async () => {
    await h.redis.config('SET', 'maxmemory', '3mb');
    const jpeg = Buffer.alloc(300_000, 1);
    const cameras = Array.from({ length: 20 }, (_, i) => `camera-${String(i)}`);
    for (const id of cameras) await h.mailbox.register(camera(id));
    let refused = 0;
    for (const id of cameras) {
      const accepted = await h.mailbox
        .publish({ ...frame(id, 0), jpeg })
        .catch((error: unknown) => {
          expect(error).toBeInstanceOf(MailboxRefused);
          refused += 1;
          return null;
        });
      const count = accepted === null ? 0 : 1;
      expect(await balanced(h.mailbox, id)).toMatchObject({ offered: count, waiting: count });
    }
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(20);
  });

  it('counts a frame that it cannot read as failed', async () => {
    await h.mailbox.register(camera('gate'));
    await h.mailbox.publish(frame('gate', 0));
    await h.redis.set('lookout:frame:gate', 'of another version', 'KEEPTTL');
    await expect(h.taker.take(longLease)).rejects.toThrow(MailboxUnavailable);
    expect(await balanced(h.mailbox, 'gate')).toMatchObject({ delivered: 1, failed: 1 });
  });

  it('passes over settings that it does not know, and counts a frame as failed whose it cannot read', async () => {
    const { detection } = camera('gate');
    const known = { ...detection, model: 'large' };
    const newer = { ...known, zones: [], events: { ...known.events, zones: [] } };
    await h.mailbox.register(camera('gate'));
    await h.redis.hset('lookout:camera:gate', 'detection', JSON.stringify(newer));
    await h.mailbox.publish(frame('gate', 0));
    await expect(h.taker.take({ ...longLease, models: [null] })).rejects.toThrow(/large/);
    expect((await h.taker.take(longLease))?.detection).toEqual(known);
    await h.redis.hset('lookout:camera:gate', 'detection', '{"model":7}');
    await h.mailbox.publish(frame('gate', 1));
    await expect(h.taker.take(longLease)).rejects.toThrow(MailboxUnavailable);
    expect(await balanced(h.mailbox, 'gate')).toMatchObject({ delivered: 2, failed: 1 });
  });

  it('passes over a worker whose words it does not understand', async () => {
    await h.roster.beat(presence('w1'));
    await h.redis.sadd('lookout:workers', 'w0');
    await h.redis.set('lookout:worker:w0', '{"id":"w0"}');
    await h.redis.sadd('lookout:workers', 'w2');
    await h.redis.set('lookout:worker:w2', 'not JSON');
    expect((await h.roster.workers()).map(({ id }) => id)).toEqual(['w1']);
  });

  it('goes on after the scripts were forgotten', async () => {
    await h.mailbox.register(camera('gate'));
    await h.mailbox.publish(frame('gate', 0));
    await h.redis.script('FLUSH');
    expect(await h.mailbox.publish(frame('gate', 1))).toBe('accepted');
  });

  it('begins new books when the memory is emptied under it', async () => {
    await h.mailbox.register(camera('gate'));
    await h.mailbox.publish(frame('gate', 0));
    const { id } = await balanced(h.mailbox, 'gate');
    await h.redis.flushall();
    expect(await h.taker.take(longLease)).toBeNull();
    expect(await h.taker.books('gate', 'detector')).toBeNull();
    expect(await h.mailbox.publish(frame('gate', 1))).toBe('accepted');
    const books = await balanced(h.taker, 'gate');
    expect(books).toMatchObject({ offered: 1, waiting: 1 });
    expect(books.id).not.toBe(id);
  });

  it('says unavailable while scripts are forbidden, and then makes good what was missed', async () => {
    await h.mailbox.register(camera('gate'));
    await h.mailbox.register(camera('old'));
    await h.redis.acl('SETUSER', 'default', '-evalsha', '-eval');
    const detection = { ...camera('gate').detection, minConfidence: 0.9 };
    for (const call of await Promise.allSettled([
      h.mailbox.publish(frame('gate', 0)),
      h.mailbox.register(camera('gate', { detection })),
      h.mailbox.remove('old'),
    ])) {
      expect(call).toMatchObject({ reason: expect.any(MailboxUnavailable) as unknown });
    }
    await h.redis.acl('SETUSER', 'default', '+evalsha', '+eval');
    expect(await h.mailbox.publish(frame('gate', 1))).toBe('accepted');
    expect((await h.taker.take(longLease))?.detection).toEqual(detection);
    expect((await h.redis.keys('*')).filter((key) => key.includes('old'))).toEqual([]);
  });

  it('gives up on a server that is silent', async () => {
    const hasty = connectRedis(h.server.url, { name: 'hasty', commandTimeoutMs: 200 });
    await once(hasty, 'ready');
    const mailbox = new RedisFrameMailbox(hasty);
    const registered = () =>
      mailbox.register(camera('gate')).then(
        () => true,
        () => false,
      );
    await expect.poll(registered).toBe(true);
    const pid = h.server.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(mailbox.publish(frame('gate', 0))).rejects.toThrow(MailboxUnavailable);
      await expect(mailbox.cameras('detector')).rejects.toThrow(MailboxUnavailable);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const published = () => mailbox.publish(frame('gate', 1)).catch(() => 'away');
    await expect.poll(published).toBe('accepted');
    hasty.disconnect();
  });

  it('hears the doorbell on a connection of its own, closed when the ringing stops', async () => {
    const connections = async () =>
      String(await h.redis.client('LIST'))
        .trim()
        .split('\n').length;
    const before = await connections();
    const stop = await h.taker.onDoorbell(() => undefined);
    await expect.poll(connections).toBe(before + 1);
    await stop();
    await expect.poll(connections).toBe(before);
  });
});
