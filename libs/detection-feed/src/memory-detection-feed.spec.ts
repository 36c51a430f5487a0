import { detectionFeedConformance } from './detection-feed.conformance.ts';
import { MemoryDetectionFeed } from './memory-detection-feed.ts';

detectionFeedConformance('MemoryDetectionFeed', () => {
  const feed = new MemoryDetectionFeed();
  const setAway = (away: boolean) => {
    feed.setAway(away);
    return Promise.resolve();
  };
  return Promise.resolve({
    feed,
    lose: () => setAway(true),
    find: () => setAway(false),
    close: () => Promise.resolve(),
  });
});
