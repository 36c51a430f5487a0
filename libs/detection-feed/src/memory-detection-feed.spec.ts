import { detectionFeedConformance } from './detection-feed.conformance.ts';
import { MemoryDetectionFeed } from './memory-detection-feed.ts';

detectionFeedConformance('MemoryDetectionFeed', () => {
  const feed = new MemoryDetectionFeed();
  return Promise.resolve({
    feed,
    lose: () => Promise.resolve(feed.setAway(true)),
    find: () => Promise.resolve(feed.setAway(false)),
    close: () => Promise.resolve(),
  });
});
