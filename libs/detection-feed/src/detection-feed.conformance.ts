import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DetectionFeed, type FeedEntry, FeedUnavailable } from './detection-feed.ts';
import { FeedRecorder, MemberRecorder, resultOf } from './feed-recorder.ts';

/** A feed under test, and power over its engine. */
export interface FeedHarness {
  readonly feed: DetectionFeed;
  /** Ends the engine, with its memory. */
  lose(): Promise<void>;
  /** Brings an empty engine back. */
  find(): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter of `DetectionFeed` must do. */
export function detectionFeedConformance(name: string, open: () => Promise<FeedHarness>): void {
  describe(`${name} is a detection feed`, () => {
    let harness: FeedHarness;
    let feed: DetectionFeed;
    beforeEach(async () => {
      harness = await open();
      feed = harness.feed;
    });
    afterEach(() => harness.close());

    it('hands what is published from now on to every follower, once and in order', async () => {
      await feed.publish(resultOf(0));
      const [a, b] = [new FeedRecorder(), new FeedRecorder()];
      const stops = [await feed.follow(a), await feed.follow(b)];
      for (let sequence = 1; sequence <= 250; sequence += 1) await feed.publish(resultOf(sequence));
      const all = Array.from({ length: 250 }, (_, i) => i + 1);
      await expect.poll(() => a.sequences.length).toBe(250);
      await expect.poll(() => b.sequences.length).toBe(250);
      expect(a.sequences).toEqual(all);
      expect(b.sequences).toEqual(all);
      expect(a.states).toEqual(['following']);
      for (const stop of stops) await stop();
    });

    it('keeps results, empty results and failures as they are', async () => {
      const seen = resultOf(1);
      if (seen.kind === 'result') {
        const box = { x: 0.1, y: 0.2, width: 0.25, height: 1 / 3 };
        seen.result.detections.push({ classId: 0, label: 'persön', confidence: 0.87, box });
      }
      const failure: FeedEntry = {
        kind: 'failure',
        frame: { cameraId: 'gate', epoch: 1, sequence: 3 },
        worker: 'w1',
        model: 'yolov5s',
        reason: 'the picture is "broken"\n',
        failedAt: 1_700_000_000_100.5,
        ages: { taken: 8.5, published: 12 },
      };
      const follower = new FeedRecorder();
      const stop = await feed.follow(follower);
      for (const entry of [seen, resultOf(2), failure]) await feed.publish(entry);
      await expect.poll(() => follower.entries).toEqual([seen, resultOf(2), failure]);
      await stop();
    });

    it('says nothing more to a follower that stopped', async () => {
      const [gone, other] = [new FeedRecorder(), new FeedRecorder()];
      const stop = await feed.follow(gone);
      const stopOther = await feed.follow(other);
      await stop();
      await feed.publish(resultOf(1));
      await expect.poll(() => other.sequences).toEqual([1]);
      expect(gone.entries).toEqual([]);
      await stopOther();
    });

    it('says that the engine is away, refuses entries, and goes on when it is back', async () => {
      const follower = new FeedRecorder();
      const stop = await feed.follow(follower);
      await feed.publish(resultOf(1));
      await expect.poll(() => follower.sequences).toEqual([1]);
      await harness.lose();
      await expect.poll(() => follower.states).toEqual(['following', 'away']);
      await expect(feed.publish(resultOf(2))).rejects.toThrow(FeedUnavailable);
      await harness.find();
      await expect.poll(() => follower.states.at(-1)).toBe('following');
      await expect.poll(() => publishes(feed, resultOf(3))).toBe(true);
      await expect.poll(() => follower.sequences).toEqual([1, 3]);
      expect(follower.states).toEqual(['following', 'away', 'following']);
      await stop();
    });

    it('can be followed before the engine is there', async () => {
      await harness.lose();
      const follower = new FeedRecorder();
      const stop = await feed.follow(follower);
      expect(follower.states).toEqual(['away']);
      await harness.find();
      await expect.poll(() => follower.states).toEqual(['away', 'following']);
      await expect.poll(() => publishes(feed, resultOf(1))).toBe(true);
      await expect.poll(() => follower.sequences).toEqual([1]);
      await stop();
    });

    it('can be stopped while the engine is away', async () => {
      const stop = await feed.follow(new FeedRecorder());
      const membership = await feed.join('events', new MemberRecorder());
      await harness.lose();
      await stop();
      await membership.leave();
    });

    it('hands a group what was published while nobody was there', async () => {
      const first = await feed.join('events', new MemberRecorder());
      await first.leave();
      for (const sequence of [1, 2, 3]) await feed.publish(resultOf(sequence));
      const member = new MemberRecorder();
      const membership = await feed.join('events', member);
      await expect.poll(() => member.sequences).toEqual([1, 2, 3]);
      await feed.publish(resultOf(4));
      await expect.poll(() => member.sequences).toEqual([1, 2, 3, 4]);
      expect(member.states).toEqual(['following']);
      expect(member.losses).toBe(0);
      await membership.leave();
    });

    it('hands what was not acknowledged to the next member, and nothing else again', async () => {
      const first = new MemberRecorder();
      const one = await feed.join('events', first);
      for (const sequence of [1, 2, 3, 4]) await feed.publish(resultOf(sequence));
      await expect.poll(() => first.sequences).toEqual([1, 2, 3, 4]);
      await one.acknowledge(first.ids.slice(0, 2));
      await one.leave();
      const second = new MemberRecorder();
      const two = await feed.join('events', second);
      await feed.publish(resultOf(5));
      await expect.poll(() => second.sequences).toEqual([3, 4, 5]);
      await two.acknowledge(second.ids);
      await two.leave();
      const third = new MemberRecorder();
      const three = await feed.join('events', third);
      await feed.publish(resultOf(6));
      await expect.poll(() => third.sequences).toEqual([6]);
      await three.leave();
    });

    it('gives each group everything', async () => {
      const [a, b] = [new MemberRecorder(), new MemberRecorder()];
      const memberships = [await feed.join('events', a), await feed.join('other', b)];
      await feed.publish(resultOf(1));
      await expect.poll(() => a.sequences).toEqual([1]);
      await expect.poll(() => b.sequences).toEqual([1]);
      for (const membership of memberships) await membership.leave();
    });

    it('tells a member that the memory is lost, and goes on', async () => {
      const member = new MemberRecorder();
      const membership = await feed.join('events', member);
      await feed.publish(resultOf(1));
      await expect.poll(() => member.sequences).toEqual([1]);
      await harness.lose();
      await expect.poll(() => member.states).toEqual(['following', 'away']);
      await expect(membership.acknowledge(member.ids)).rejects.toThrow(FeedUnavailable);
      await harness.find();
      await expect.poll(() => member.states.at(-1)).toBe('following');
      await expect.poll(() => publishes(feed, resultOf(2))).toBe(true);
      await expect.poll(() => member.sequences).toEqual([1, 2]);
      expect(member.losses).toBe(1);
      await membership.leave();
    });
  });
}

/** Connections come back one by one: the publisher's may be later than the follower's. */
async function publishes(feed: DetectionFeed, entry: FeedEntry): Promise<boolean> {
  return feed.publish(entry).then(
    () => true,
    () => false,
  );
}
