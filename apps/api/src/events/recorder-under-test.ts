import { once } from 'node:events';
import { join } from 'node:path';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { hostClock } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { openDatabase } from '../database/open-database.ts';
import { SqliteEventsRepository } from '../database/sqlite-events.repository.ts';
import { sampleCamera } from '../status/samples.ts';
import { EventPictures } from './event-pictures.ts';
import { EventRecorder } from './event-recorder.ts';

// Records the events of whatever cameras the feed tells of, until it is killed.
const [, , folder = '', redisUrl = ''] = process.argv;
const redis = connectRedis(redisUrl, { name: 'recorder-under-test' });
await once(redis, 'ready');
const repository = new SqliteEventsRepository(await openDatabase(join(folder, 'lookout.db')));
const recorder = new EventRecorder({
  fanOut: { listen: () => () => undefined },
  watch: { get: (id) => ({ camera: sampleCamera({ id }) }) as never },
  board: {
    freshness: () => ({ freshness: 'fresh', reason: null }),
    onDetected: () => undefined,
  },
  pictures: new EventPictures(join(folder, 'events')),
  repository,
  feed: new RedisDetectionFeed(redis),
  clock: hostClock(),
});
recorder.camerasKnown();
process.stdout.write('recording\n');
