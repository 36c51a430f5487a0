import { supervisedProcessSchema, type SupervisedProcess } from '@lookout/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import type { StartError } from './start-error.ts';
import { type Roles, Supervisor } from './supervisor.ts';
import { appChild, familyChild, isAlive } from './testing.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const supervisors: Supervisor[] = [];

afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stop()));
});

function supervise(roles: Roles) {
  const lines: string[] = [];
  const supervisor = new Supervisor(roles, (name, line) => lines.push(`${name}: ${line}`));
  supervisors.push(supervisor);
  /** What the api was told last. */
  const told = (): SupervisedProcess[] => {
    const last = lines.findLast((line) => line.startsWith('api: told {"type":"processes"'));
    if (last === undefined) return [];
    const message = JSON.parse(last.slice('api: told '.length)) as { processes: unknown[] };
    return message.processes.map((each) => supervisedProcessSchema.parse(each));
  };
  const toldOf = (name: string) => told().find((each) => each.name === name);
  return { supervisor, lines, told, toldOf };
}

async function answering() {
  await Promise.resolve();
}

test('is ready when the api is, and a worker has its model', async () => {
  const { supervisor, told } = supervise({ api: appChild('api'), workers: [appChild('worker-1')] });
  const ready = await supervisor.start(answering);
  expect(ready).toEqual({ url: 'http://127.0.0.1:7001/', newAdminToken: 'secret' });
  await vi.waitFor(() => {
    expect(told().map(({ name, state }) => ({ name, state }))).toEqual([
      { name: 'api', state: 'running' },
      { name: 'worker-1', state: 'running' },
    ]);
  }, PATIENCE);
});

test('tells each run of the api which token was shown, until one has kept it', async () => {
  const { supervisor, lines, toldOf } = supervise({ api: appChild('api'), workers: [] });
  await supervisor.start(answering);
  const shown = 'api: told {"type":"token-shown","token":"secret"}';
  expect(lines).not.toContain(shown);
  supervisor.tokenShown();
  const count = () => lines.filter((line) => line === shown).length;
  await vi.waitFor(() => {
    expect(count()).toBe(1);
  }, PATIENCE);
  process.kill(toldOf('api')?.pid ?? Number.NaN, 'SIGKILL');
  await vi.waitFor(() => {
    expect(count()).toBe(2);
  }, PATIENCE);
});

test('forgets the token once the api has kept it', async () => {
  const { supervisor, lines, toldOf } = supervise({
    api: appChild('api', 'keeping'),
    workers: [],
  });
  await supervisor.start(answering);
  supervisor.tokenShown();
  await vi.waitFor(() => {
    expect(lines).toContain('api: kept');
  }, PATIENCE);
  process.kill(toldOf('api')?.pid ?? Number.NaN, 'SIGKILL');
  await vi.waitFor(() => {
    expect(toldOf('api')).toMatchObject({ restarts: 1, state: 'running' });
  }, PATIENCE);
  expect(lines.filter((line) => line.includes('token-shown'))).toHaveLength(1);
});

test('starts nothing that needs Redis before Redis answers', async () => {
  const { supervisor, lines } = supervise({ api: appChild('api'), workers: [] });
  await expect(supervisor.start(() => Promise.reject(new Error('gave up')))).rejects.toThrow(
    'gave up',
  );
  expect(lines).toEqual([]);
});

test.each(['api', 'redis', 'worker-1'])(
  'starts %s again when it is killed, and counts',
  async (name) => {
    const { supervisor, toldOf } = supervise({
      redis: familyChild('redis'),
      api: appChild('api'),
      workers: [appChild('worker-1')],
    });
    await supervisor.start(answering);
    await vi.waitFor(() => {
      expect(toldOf(name)?.state).toBe('running');
    }, PATIENCE);
    const before = toldOf(name)?.pid ?? Number.NaN;
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => {
      expect(toldOf(name)).toMatchObject({ restarts: 1, lastExit: 'SIGKILL' });
      expect(toldOf(name)?.state).not.toBe('waiting');
      expect(toldOf(name)?.pid).not.toBe(before);
    }, PATIENCE);
  },
);

test('ends a child that stands still, and starts it again', async () => {
  const { supervisor, lines } = supervise({ workers: [appChild('worker-1', 'still')] });
  await supervisor.start(answering);
  await vi.waitFor(() => {
    expect(lines).toContain('worker-1: it stands still, and is ended');
    expect(lines).toContain('worker-1: ended (SIGKILL); starting again in 0.25 s');
  }, PATIENCE);
});

test('ends a child that answers no more, and starts it again', async () => {
  const answers = vi.fn(() => new Promise<void>(() => undefined));
  answers.mockResolvedValueOnce();
  const redis = { ...familyChild('redis'), answers, standstillMs: 3000 };
  const { supervisor, lines } = supervise({ redis, workers: [] });
  await supervisor.start(answering);
  await vi.waitFor(() => {
    expect(lines).toContain('redis: ended (SIGKILL); starting again in 0.25 s');
  }, PATIENCE);
});

test.each(['beating', 'run'] as const)('leaves a child alone that is %s', async (behaviour) => {
  const child = { ...appChild('worker-1', behaviour), standstillMs: 4000 };
  const { supervisor, lines } = supervise({ workers: [child] });
  await supervisor.start(answering);
  await new Promise((wake) => setTimeout(wake, 5500));
  expect(lines.filter((line) => line.includes('ended'))).toEqual([]);
});

test('waits longer each time that a child dies at once', async () => {
  const { supervisor, lines } = supervise({ workers: [appChild('worker-1', 'short')] });
  await supervisor.start(answering);
  await vi.waitFor(() => {
    const waits = lines.flatMap((line) => /again in (.*) s/.exec(line)?.[1] ?? []);
    expect(waits.slice(0, 3)).toEqual(['0.25', '0.5', '1']);
  }, PATIENCE);
  expect(lines).toContain('worker-1: ended (exit code 3); starting again in 0.25 s');
});

test('ends what a dead child had started itself', async () => {
  const { supervisor, lines } = supervise({ redis: familyChild('redis'), workers: [] });
  await supervisor.start(answering);
  const grandchild = await vi.waitFor(() => {
    const line = lines.find((each) => each.startsWith('redis: child '));
    expect(line).toBeDefined();
    return Number(line?.split(' ').at(-1));
  }, PATIENCE);
  expect(isAlive(grandchild)).toBe(true);
  await supervisor.stop();
  await vi.waitFor(() => {
    expect(isAlive(grandchild)).toBe(false);
  }, PATIENCE);
});

test('kills a child that does not listen, within ten seconds', async () => {
  const { supervisor, lines, toldOf } = supervise({
    api: appChild('api', 'deaf'),
    workers: [appChild('worker-1')],
  });
  await supervisor.start(answering);
  await vi.waitFor(() => {
    expect(toldOf('api')?.pid).toBeTypeOf('number');
  }, PATIENCE);
  const pid = toldOf('api')?.pid ?? Number.NaN;
  const began = performance.now();
  await supervisor.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(lines).toContain('api: not listening');
  expect(isAlive(pid)).toBe(false);
});

test('gives up a start with the words of the child that cannot', async () => {
  const { supervisor } = supervise({
    api: appChild('api'),
    workers: [appChild('worker-1', 'failed')],
  });
  await expect(supervisor.start(answering)).rejects.toThrow('The worker-1 cannot start: no model');
});

test('gives up a start that is misconfigured, with its one line and exit code', async () => {
  const { supervisor } = supervise({ api: appChild('api', 'misconfigured'), workers: [] });
  const refused = await supervisor.start(answering).catch((error: unknown) => error as StartError);
  expect(refused).toMatchObject({ message: 'Bad environment: PORT=seven', code: 78 });
});
