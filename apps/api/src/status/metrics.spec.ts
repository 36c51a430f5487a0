import type { WorkerPresence } from '@lookout/contracts';
import { DETECTOR_GROUP } from '@lookout/frame-mailbox';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLiveStand } from '../live/live-stand.ts';
import { sampleCamera, sampleFrame, sampleResult } from './samples.ts';

let stand: Awaited<ReturnType<typeof openLiveStand>>;

beforeEach(async () => {
  stand = await openLiveStand(['archive']);
});

afterEach(async () => {
  await stand.close();
});

const worker: WorkerPresence = {
  id: 'w1',
  pid: 1,
  host: 'here',
  startedAt: '2026-01-01T00:00:00.000Z',
  models: ['yolov5s'],
  threads: 1,
  threadsChosen: 'tuned',
  inferenceRepeat: 1,
  rate: 0,
  inferenceMs: null,
};

async function offer(sequence: number): Promise<void> {
  const frame = sampleFrame(stand.clock, sequence);
  stand.fanOut.captured(frame);
  stand.fanOut.offered(frame);
  await stand.clock.advanceAsync(0);
}

function take(group: string) {
  return stand.mailbox.take({ group, worker: 'w1', deadlineMs: 60_000 });
}

/** Lines of the page that begin with a name and have these words. */
async function lines(name: string, words = ''): Promise<string[]> {
  const page = await (await stand.fetch('/metrics')).text();
  return page.split('\n').filter((line) => line.startsWith(name) && line.includes(words));
}

/** Every term of one group's books, as the page has them. */
async function books(consumer: string): Promise<Record<string, number>> {
  const found = await lines('lookout_frames_', `consumer="${consumer}"`);
  return Object.fromEntries(
    found.map((line) => {
      const [, term = '', value] =
        /^lookout_frames_([a-z]+?)(?:_total)?\{.*\} (\d+)$/.exec(line) ?? [];
      return [term, Number(value)];
    }),
  );
}

it('shows the books of every consumer group apart, each term as it was counted', async () => {
  stand.addCamera();
  await stand.roster.beat(worker);
  // The detector takes two of five frames, and the archive one.
  await offer(1);
  const first = await take(DETECTOR_GROUP);
  if (first !== null) await stand.mailbox.settle(first.ticket, 'failed');
  await offer(2);
  await offer(3);
  await take(DETECTOR_GROUP);
  await offer(4);
  const other = await take('archive');
  if (other !== null) await stand.mailbox.settle(other.ticket, 'detected');
  await offer(5);
  const detector = {
    ...{ offered: 5, delivered: 2, overwritten: 2, expired: 0, waiting: 1 },
    ...{ detected: 0, failed: 1, abandoned: 0, processing: 1 },
  };
  const archive = {
    ...{ offered: 5, delivered: 1, overwritten: 3, expired: 0, waiting: 1 },
    ...{ detected: 1, failed: 0, abandoned: 0, processing: 0 },
  };
  expect(await books(DETECTOR_GROUP)).toEqual(detector);
  expect(await books('archive')).toEqual(archive);
  const status = await (await stand.fetch('/cameras/gate/status')).json();
  expect(status).toMatchObject({ books: { ...detector, captured: 5 } });
  stand.mailbox.setAway(true);
  expect([await books(DETECTOR_GROUP), await books('archive')]).toEqual([{}, {}]);
});

it('counts what came from a decoder and was no picture, apart from what was captured', async () => {
  stand.addCamera();
  stand.fanOut.broken('gate');
  stand.fanOut.broken('nowhere');
  await offer(1);
  expect(await lines('lookout_frames_broken_total')).toEqual([
    'lookout_frames_broken_total{camera="gate"} 1',
  ]);
  expect(await lines('lookout_frames_captured_total')).toEqual([
    'lookout_frames_captured_total{camera="gate"} 1',
  ]);
});

it('shows how far detections can be trusted, of each camera', async () => {
  stand.addCamera();
  stand.addCamera(sampleCamera({ id: 'yard' }));
  await stand.roster.beat(worker);
  await stand.clock.advanceAsync(300);
  await offer(1);
  const result = sampleResult(sampleFrame(stand.clock, 1));
  await stand.feed.publish({ kind: 'result', result, ages: {} });
  expect(await lines('lookout_detection_freshness', '} 1')).toEqual([
    'lookout_detection_freshness{camera="gate",freshness="fresh"} 1',
    'lookout_detection_freshness{camera="yard",freshness="unknown"} 1',
  ]);
  stand.fanOut.cameraRemoved('gate');
  expect(await lines('lookout_', '"gate"')).toEqual([]);
});

it('shows who works, and how long Redis takes; no number of workers while Redis is away', async () => {
  await stand.roster.beat(worker);
  await stand.clock.advanceAsync(300);
  expect(await lines('lookout_workers')).toEqual(['lookout_workers 1']);
  expect(await lines('lookout_redis_up')).toEqual(['lookout_redis_up 1']);
  expect(await lines('lookout_redis_answer_seconds_count')).toEqual([
    'lookout_redis_answer_seconds_count 2',
  ]);
  stand.roster.setAway(true);
  await stand.clock.advanceAsync(300);
  expect(await lines('lookout_workers')).toEqual([]);
  expect(await lines('lookout_redis_up')).toEqual(['lookout_redis_up 0']);
});

it('shows how many look on', async () => {
  stand.addCamera();
  expect(await lines('lookout_viewers')).toEqual(['lookout_viewers{camera="gate"} 0']);
  const client = stand.connect();
  await client.emitWithAck('watch', { cameraId: 'gate' });
  expect(await lines('lookout_viewers')).toEqual(['lookout_viewers{camera="gate"} 1']);
  await client.emitWithAck('unwatch', { cameraId: 'gate' });
  expect(await lines('lookout_viewers')).toEqual(['lookout_viewers{camera="gate"} 0']);
});

it('shows what the supervisor had to start again', async () => {
  const processes = [
    {
      ...{ name: 'worker', pid: 7, state: 'running', startedAt: null },
      ...{ restarts: 3, lastExit: 'was killed by SIGKILL' },
    },
  ];
  process.emit('message', { type: 'processes', processes }, undefined);
  expect(await lines('lookout_process_restarts_total')).toEqual([
    'lookout_process_restarts_total{process="worker"} 3',
  ]);
});
