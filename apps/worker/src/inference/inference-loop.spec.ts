import { beforeEach, expect, it } from 'vitest';
import { LoopRig } from './loop-rig.ts';

let rig: LoopRig;

beforeEach(async () => {
  rig = new LoopRig();
  await rig.register('gate');
});

it('publishes a result with the age of its frame at each hop, and settles it', async () => {
  await rig.start();
  const frame = await rig.offer('gate');
  await rig.pass(100);
  expect(rig.entries).toEqual([
    {
      kind: 'result',
      result: {
        cameraId: 'gate',
        epoch: 1,
        sequence: 0,
        capturedAt: frame.capturedAt,
        completedAt: frame.capturedAt + 40,
        inferenceMs: 40,
        model: 'standard',
        worker: 'w1',
        detections: [],
      },
      ages: { taken: 0, decoded: 0, inferred: 40, published: 40 },
    },
  ]);
  expect(await rig.books('gate')).toMatchObject({ delivered: 1, detected: 1, processing: 0 });
});

it('never holds two frames, and takes the newest one when it is free again', async () => {
  await rig.start();
  rig.inspector.inferenceMs = 350;
  for (let offer = 0; offer < 21; offer += 1) {
    await rig.offer('gate');
    await rig.pass(100);
    expect((await rig.books('gate')).processing).toBeLessThanOrEqual(1);
  }
  await rig.pass(1000);
  expect(rig.inspector.atOnce).toBe(1);
  expect(rig.entries).toHaveLength(7);
  for (const one of rig.entries) {
    // The newest of frames that are 100 ms apart.
    expect(one.kind === 'result' && one.ages.taken).toBeLessThanOrEqual(100);
    expect(one.kind === 'result' && one.ages.published).toBeLessThanOrEqual(450);
  }
  const books = await rig.books('gate');
  expect(books.offered).toBe(21);
  expect(books.delivered + books.overwritten).toBe(21);
  expect(books.detected).toBe(rig.entries.length);
});

it('goes on by polling alone when no doorbell ever rings', async () => {
  rig.mailbox.onDoorbell = () => Promise.resolve(() => Promise.resolve());
  await rig.start();
  await rig.pass(5000);
  await rig.offer('gate');
  await rig.pass(250);
  expect(rig.entries).toHaveLength(1);
});

it('asks rarely while there is nothing to do', async () => {
  let asked = 0;
  const take = rig.mailbox.take.bind(rig.mailbox);
  rig.mailbox.take = (lease) => {
    asked += 1;
    return take(lease);
  };
  await rig.start();
  await rig.pass(10_000);
  expect(asked).toBeGreaterThan(45);
  expect(asked).toBeLessThan(60);
});

it("looks with each frame's own settings", async () => {
  await rig.register('yard', { model: 'small', minConfidence: 0.7, classes: ['cat'] });
  await rig.start();
  await rig.offer('yard');
  await rig.pass(100);
  await rig.register('yard', { minConfidence: 0.1 });
  await rig.offer('yard');
  await rig.pass(100);
  const [first, second] = rig.inspector.orders;
  expect(first).toMatchObject({ model: 'small', minConfidence: 0.7, classes: ['cat'], repeat: 1 });
  expect(second).toMatchObject({ model: 'standard', minConfidence: 0.1, classes: [] });
});

it('settles a frame and asks for the next one in one breath, in this order', async () => {
  await rig.start();
  const asked: string[] = [];
  const answered: string[] = [];
  const note = <Answer>(name: string, answer: Promise<Answer>): Promise<Answer> => {
    asked.push(name);
    return answer.finally(() => answered.push(`${name} after ${asked.join(', ')}`));
  };
  const { mailbox } = rig;
  const [settle, take] = [mailbox.settle.bind(mailbox), mailbox.take.bind(mailbox)];
  mailbox.settle = (ticket, outcome) => note('settle', settle(ticket, outcome));
  await rig.offer('gate');
  await rig.pass(10);
  mailbox.take = (lease) => note('take', take(lease));
  await rig.offer('gate');
  await rig.pass(30);
  expect(answered).toEqual(['settle after settle, take', 'take after settle, take']);
});

it("has a camera's model in memory before it takes its newest frame", async () => {
  await rig.register('gate', { model: 'large' });
  await rig.start();
  const load = rig.inspector.load.bind(rig.inspector);
  rig.inspector.load = async (model) => {
    const loaded = await load(model);
    await new Promise<void>((resolve) => rig.clock.after(500, resolve));
    rig.inspector.load = load;
    return loaded;
  };
  await rig.offer('gate');
  await rig.pass(400);
  await rig.offer('gate');
  await rig.pass(200);
  expect(rig.entries).toMatchObject([{ kind: 'result', result: { sequence: 1, model: 'large' } }]);
  expect(await rig.books('gate')).toMatchObject({ overwritten: 1, delivered: 1, detected: 1 });
});

it('says that it failed, never that nothing was there', async () => {
  await rig.start();
  await rig.offer('gate', new Uint8Array());
  await rig.pass(100);
  await rig.offer('gate');
  await rig.pass(100);
  expect(rig.entries[0]).toMatchObject({
    kind: 'failure',
    frame: { cameraId: 'gate', epoch: 1, sequence: 0 },
    reason: 'not a whole JPEG',
    worker: 'w1',
    model: 'standard',
    ages: { taken: 0, published: 40 },
  });
  expect(rig.entries[1]).toMatchObject({ kind: 'result', result: { sequence: 1 } });
  expect(await rig.books('gate')).toMatchObject({ delivered: 2, detected: 1, failed: 1 });
});

it('tells of a frame that failed how old it was as far as it came', async () => {
  await rig.start();
  await rig.offer('gate', new Uint8Array(2));
  await rig.pass(100);
  const ages = { taken: 0, decoded: 0, published: 40 };
  expect(rig.entries).toMatchObject([{ kind: 'failure', reason: 'the engine failed', ages }]);
});

it('tells the age at the moment of publishing, also when that had to wait for Redis', async () => {
  await rig.start();
  await rig.offer('gate');
  await rig.pass(20);
  rig.feed.setAway(true);
  await rig.pass(500);
  rig.feed.setAway(false);
  await rig.pass(1000);
  const [entry] = rig.entries;
  if (entry?.kind !== 'result') throw new Error(JSON.stringify(rig.entries));
  expect(entry.ages.inferred).toBe(40);
  expect(entry.ages.published).toBeGreaterThanOrEqual(520);
  expect(entry.result.completedAt - entry.result.capturedAt).toBe(entry.ages.published);
});

it('counts no frame as detected whose result never reached the feed', async () => {
  await rig.start();
  await rig.offer('gate');
  await rig.pass(20);
  rig.feed.setAway(true);
  await rig.clock.advanceAsync(60_000);
  rig.feed.setAway(false);
  await rig.pass(1000);
  expect(rig.entries).toEqual([]);
  expect(rig.journal.inferenceMs()).toBeNull();
});

it('fails the frames of a camera whose model is unknown, and serves the others', async () => {
  await rig.register('yard', { model: 'nonsuch' });
  await rig.start();
  await rig.offer('yard');
  await rig.offer('gate');
  await rig.pass(200);
  expect(rig.entries.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
    { kind: 'failure', model: 'nonsuch', reason: 'there is no model nonsuch' },
    { kind: 'result', result: { sequence: 1 } },
  ]);
});

it('serves cameras in turn, whatever their rates', async () => {
  await rig.register('busy');
  await rig.start();
  rig.inspector.inferenceMs = 200;
  for (let tick = 0; tick < 100; tick += 1) {
    await rig.offer('busy');
    if (tick % 4 === 0) await rig.offer('gate');
    await rig.pass(50);
  }
  const [busy, gate] = [await rig.books('busy'), await rig.books('gate')];
  expect(Math.abs(busy.detected - gate.detected)).toBeLessThanOrEqual(1);
});

it('does not show a result that came after its frame was given up', async () => {
  await rig.start();
  await rig.offer('gate');
  await rig.pass(10);
  rig.roster.setAway(true);
  // The worker stood still, so its beats stopped: the mailbox gave its frame up.
  const settle = rig.mailbox.settle.bind(rig.mailbox);
  rig.mailbox.settle = async (ticket, outcome) => {
    rig.clock.advance(2000);
    return settle(ticket, outcome);
  };
  await rig.pass(100);
  rig.roster.setAway(false);
  expect(rig.entries).toEqual([]);
  expect(await rig.books('gate')).toMatchObject({ abandoned: 1, detected: 0, processing: 0 });
});

it('waits for Redis without a hot loop, says so once, and is ready when it answers', async () => {
  rig.setAway(true);
  let beats = 0;
  const beat = rig.roster.beat.bind(rig.roster);
  rig.roster.beat = (worker) => {
    beats += 1;
    return beat(worker);
  };
  rig.beat.start = () => undefined;
  await rig.start();
  await rig.pass(10_000);
  expect(beats).toBeLessThan(20);
  expect(rig.ready).toBe(0);
  rig.setAway(false);
  await rig.register('gate');
  await rig.pass(1000);
  expect(rig.ready).toBe(1);
  await rig.offer('gate');
  await rig.pass(200);
  expect(rig.entries).toHaveLength(1);
  expect(rig.lines.filter((line) => line.startsWith('Redis'))).toEqual([
    'Redis does not answer (the roster is away); trying again until it does',
    'Redis answers again',
  ]);
});

it('is on the roster again before it takes a frame of a Redis that came back', async () => {
  await rig.start();
  rig.setAway(true);
  await rig.pass(3000);
  rig.setAway(false);
  await rig.register('gate');
  const take = rig.mailbox.take.bind(rig.mailbox);
  let listed: boolean | null = null;
  rig.mailbox.take = (lease) => {
    listed ??= rig.roster.beats(lease.worker);
    return take(lease);
  };
  await rig.offer('gate');
  await rig.pass(2000);
  expect(listed).toBe(true);
  expect(rig.entries).toHaveLength(1);
});

it('brings results to the feed in order when that answers again, and holds one frame meanwhile', async () => {
  await rig.start();
  rig.feed.setAway(true);
  for (let offer = 0; offer < 5; offer += 1) {
    await rig.offer('gate');
    await rig.pass(300);
  }
  expect(await rig.books('gate')).toMatchObject({ delivered: 2, detected: 1, processing: 1 });
  rig.feed.setAway(false);
  await rig.pass(2000);
  const sequences = rig.entries.map((one) => one.kind === 'result' && one.result.sequence);
  expect(sequences).toEqual([0, 1, 4]);
});
