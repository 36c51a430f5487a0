import { describe, expect, it } from 'vitest';
import type { MachineMeter } from './machine-meter.ts';
import { threadLadder, tuneThreads, type TuningOptions } from './tune-threads.ts';

/** A machine whose sessions take so long by their threads, in ms, and whose time goes by as they run. */
class FakeMachine implements MachineMeter {
  readonly cores = 4;
  readonly opened: number[] = [];
  inMemory = 0;
  mostInMemory = 0;
  /** How long the first session takes to open; the others find the file in memory. */
  firstOpenMs = 0;
  /** What others take beside each ms that goes by. */
  othersShare = 0;
  #now = 0;
  #own = 0;
  readonly #takes: (threads: number, run: number) => number;

  constructor(takes: (threads: number, run: number) => number) {
    this.#takes = takes;
  }

  now = (): number => this.#now;
  ownMs = (): number => this.#own;
  allMs = (): number => this.#own + this.#now * this.othersShare;

  tune(options: Partial<TuningOptions> = {}) {
    return tuneThreads(
      (threads) => {
        if (this.opened.length === 0) this.#now += this.firstOpenMs;
        this.opened.push(threads);
        this.inMemory += 1;
        this.mostInMemory = Math.max(this.mostInMemory, this.inMemory);
        let run = 0;
        return Promise.resolve({
          runBare: () => {
            const ms = this.#takes(threads, run);
            run += 1;
            this.#now += ms;
            this.#own += ms * threads;
            return Promise.resolve(ms);
          },
          release: () => {
            this.inMemory -= 1;
            return Promise.resolve();
          },
        });
      },
      { most: 4, budgetMs: 10_000, ...options },
      this,
    );
  }
}

it('tries half as many threads each time, down to one', () => {
  expect(threadLadder(8)).toEqual([8, 4, 2, 1]);
  expect(threadLadder(6)).toEqual([6, 3, 2, 1]);
  expect(threadLadder(1)).toEqual([1]);
});

describe('tuneThreads', () => {
  it('takes all threads where each makes it faster', async () => {
    const machine = new FakeMachine((threads) => 80 / threads);
    expect(await machine.tune()).toMatchObject({ threads: 4, othersPercent: 0 });
    expect(machine.opened).toEqual([4, 2]);
  });

  it('takes fewer when more gain less than a tenth, measured against the fastest of all', async () => {
    const ms: Record<number, number> = { 8: 30, 4: 28, 2: 30.5, 1: 33 };
    const { threads, trials } = await new FakeMachine((n) => ms[n] ?? 0).tune({ most: 8 });
    expect(threads).toBe(2);
    expect(trials.map((trial) => [trial.threads, trial.fastestMs])).toEqual([
      [8, 30],
      [4, 28],
      [2, 30.5],
      [1, 33],
    ]);
    expect(trials[1]).toMatchObject({ medianMs: 28, processorMs: 112 });
  });

  it('is not misled by moments in which others take the machine', async () => {
    // All but two turns of the better setting are slowed down to a multiple.
    const machine = new FakeMachine((threads, run) => {
      const free = threads === 2 ? 40 : 70;
      return threads === 2 && run % 5 !== 2 ? free * 4 : free;
    });
    machine.othersShare = 3;
    const { threads, othersPercent } = await machine.tune({ most: 2 });
    expect(threads).toBe(2);
    expect(othersPercent).toBe(50);
  });

  it('does not mind what others take of cores that it leaves to them', async () => {
    const machine = new FakeMachine((threads) => 80 / threads);
    machine.othersShare = 2;
    expect((await machine.tune({ most: 2 })).othersPercent).toBe(0);
    expect((await machine.tune({ most: 4 })).othersPercent).toBe(50);
  });

  it('tries nothing new when its time is up, and ends a contest that has begun after two turns', async () => {
    const machine = new FakeMachine((threads) => 4000 / threads);
    const { threads, trials } = await machine.tune({ budgetMs: 3000 });
    expect(threads).toBe(4);
    expect(trials.map(({ runs }) => runs)).toEqual([2, 2]);
    expect(machine.now()).toBeLessThan(3000 + 2 * 3000);
  });

  it('measures though the first session took longer to open than all may take', async () => {
    const machine = new FakeMachine((threads) => 80 / threads);
    machine.firstOpenMs = 20_000;
    const { trials } = await machine.tune({ budgetMs: 3000 });
    expect(trials.map((trial) => [trial.threads, trial.fastestMs])).toEqual([
      [4, 20],
      [2, 40],
    ]);
  });

  it('tries everything when it is told to, and chooses the same', async () => {
    const machine = new FakeMachine((threads) => 80 / threads);
    const { threads, trials } = await machine.tune({ exhaustive: true });
    expect(threads).toBe(4);
    expect(trials.map((trial) => trial.threads)).toEqual([4, 2, 1]);
  });

  it('has two sessions in memory at most, and none in the end', async () => {
    const machine = new FakeMachine(() => 30);
    expect((await machine.tune({ most: 8 })).threads).toBe(1);
    expect(machine.opened).toEqual([8, 4, 2, 1]);
    expect([machine.mostInMemory, machine.inMemory]).toEqual([2, 0]);
  });
});
