import { connectRedis } from '@lookout/redis-link';
import { frame } from '../conformance/frames.ts';
import { RedisFrameMailbox } from '../redis-frame-mailbox.ts';

// A process that publishes as fast as it can until it is killed.
const [url = '', epoch = '0'] = process.argv.slice(2);
const redis = connectRedis(url, { name: 'crash-publisher', commandTimeoutMs: 5000 });
redis.once('ready', () => void publish(new RedisFrameMailbox(redis)));

async function publish(mailbox: RedisFrameMailbox): Promise<void> {
  const large = Buffer.alloc(60_000, 1);
  for (let sequence = 0; ; sequence += 1) {
    await mailbox.publish({ ...frame('gate', sequence, Number(epoch)), jpeg: large });
    if (sequence === 2) process.send?.('at work');
  }
}
