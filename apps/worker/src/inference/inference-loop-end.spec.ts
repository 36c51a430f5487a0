import { beforeEach, expect, it } from 'vitest';
import { LoopRig } from './loop-rig.ts';

let rig: LoopRig;

beforeEach(async () => {
  rig = new LoopRig();
  await rig.register('gate');
});

it('gives up an inference that hangs, counts it, and ends', async () => {
  await rig.start();
  await rig.offer('gate');
  await rig.pass(100);
  rig.inspector.inferenceMs = 1e9;
  await rig.offer('gate');
  await rig.pass(9900);
  expect(rig.end).toBeNull();
  await rig.pass(300);
  expect(rig.end).toBe('hung');
  expect(rig.entries[1]).toMatchObject({
    kind: 'failure',
    reason: 'the inference did not end within 10 s',
  });
  expect(await rig.books('gate')).toMatchObject({ failed: 1, abandoned: 0, processing: 0 });
});

it('gives up a model whose loading hangs, and ends', async () => {
  await rig.register('gate', { model: 'endless' });
  await rig.start();
  await rig.offer('gate');
  await rig.pass(59_900);
  await rig.offer('gate');
  await rig.pass(10_000);
  expect(rig.end).toBeNull();
  await rig.pass(300);
  expect(rig.end).toBe('hung');
  expect(await rig.books('gate')).toMatchObject({ expired: 1, failed: 1, processing: 0 });
});

it('finishes the frame in hand when it is told to stop', async () => {
  await rig.start();
  rig.inspector.inferenceMs = 1500;
  await rig.offer('gate');
  await rig.pass(10);
  await rig.offer('gate');
  const stopped = rig.loop.stop();
  await rig.pass(1600);
  await stopped;
  expect(rig.end).toBe('stopped');
  expect(rig.entries).toHaveLength(1);
  expect(await rig.books('gate')).toMatchObject({ detected: 1, waiting: 1, processing: 0 });
});

it('settles the frame in hand as failed when finishing it would take too long', async () => {
  await rig.start();
  rig.inspector.inferenceMs = 60_000;
  await rig.offer('gate');
  await rig.pass(10);
  const stopped = rig.loop.stop();
  await rig.pass(2000);
  await stopped;
  expect(rig.end).toBe('stopped');
  expect(rig.entries).toMatchObject([{ kind: 'failure' }]);
  expect(await rig.books('gate')).toMatchObject({ failed: 1, processing: 0 });
});

it('stops at once while Redis is away', async () => {
  await rig.start();
  rig.setAway(true);
  await rig.pass(3000);
  const stopped = rig.loop.stop();
  await rig.pass(0);
  await stopped;
  expect(rig.end).toBe('stopped');
});
