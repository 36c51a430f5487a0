import { frameMailboxConformance } from './conformance/frame-mailbox.conformance.ts';
import { openRedis } from './conformance/redis-harness.ts';
import { workerRosterConformance } from './conformance/worker-roster.conformance.ts';

frameMailboxConformance('RedisFrameMailbox', openRedis, { runs: 100, pauses: [1, 20, 40] });
workerRosterConformance('RedisWorkerRoster', openRedis);
