import { connectRedis } from '@lookout/redis-link';
import { presence } from '../conformance/frames.ts';
import { RedisFrameMailbox } from '../redis-frame-mailbox.ts';
import { RedisWorkerRoster } from '../redis-worker-roster.ts';
import { WORKER_BEAT_MS } from '../worker-roster.ts';

// A process that takes as fast as it can, settles every other frame and keeps the rest, until it is killed.
const [url = '', worker = ''] = process.argv.slice(2);
const redis = connectRedis(url, { name: 'crash-taker', commandTimeoutMs: 5000 });
const roster = new RedisWorkerRoster(redis);
redis.once('ready', () => {
  setInterval(() => void roster.beat(presence(worker)), WORKER_BEAT_MS);
  void take(new RedisFrameMailbox(redis));
});

async function take(mailbox: RedisFrameMailbox): Promise<void> {
  const lease = { group: 'detector', worker, deadlineMs: 3_600_000 };
  for (let turn = 0; ;) {
    const taken = await mailbox.take(lease);
    if (taken === null) continue;
    turn += 1;
    if (turn % 2 === 1) await mailbox.settle(taken.ticket, turn % 4 === 1 ? 'failed' : 'detected');
    if (turn === 4) process.send?.('at work');
  }
}
