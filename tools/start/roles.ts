import type { Config } from '@lookout/config';
import { hasDemoFootage } from '../setup/demo-footage.ts';
import type { StartArguments } from './arguments.ts';
import { nodeChild } from './node-child.ts';
import { freePort } from './port.ts';
import { ownRedis } from './redis-child.ts';
import type { Roles } from './supervisor.ts';

/** The processes to run, and the Redis that they share. */
export async function chooseRoles(
  root: string,
  config: Config,
  wanted: StartArguments,
): Promise<{ roles: Roles; redisUrl: string }> {
  const own = config.redisUrl === undefined ? await ownRedis() : undefined;
  const redisUrl = config.redisUrl ?? own?.url ?? '';
  const shared = { REDIS_URL: redisUrl };
  // Chosen here, so that an api that is started again comes back where its viewers look for it.
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const demo = hasDemoFootage(config.dataDir) ? {} : { LOOKOUT_DEMO: 'false' };
  const forApi = { ...shared, ...demo, PORT: String(port) };
  const apiArguments = wanted.newAdminToken ? ['--new-admin-token'] : [];
  const workers = wanted.worker ? config.workers : 0;
  const roles: Roles = {
    redis: own?.spec,
    api: wanted.api ? nodeChild(root, 'api', 'api', forApi, apiArguments) : undefined,
    workers: Array.from({ length: workers }, (_, index) =>
      nodeChild(root, `worker-${String(index + 1)}`, 'worker', shared),
    ),
  };
  return { roles, redisUrl };
}
