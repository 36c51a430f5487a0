import type { AuditEntry } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { beforeEach, expect, it } from 'vitest';
import { AuditLog } from '../audit/audit-log.ts';
import type { AuditRepository } from '../audit/audit.repository.ts';
import { Metrics } from '../status/metrics.ts';
import { Refusals } from './refusals.ts';

class KeptAudit implements AuditRepository {
  readonly entries: string[] = [];

  add({ action, address }: Omit<AuditEntry, 'id'>): Promise<void> {
    this.entries.push(`${action} ${address}`);
    return Promise.resolve();
  }

  list(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

let clock: ManualClock;
let audit: KeptAudit;
let metrics: Metrics;
let refusals: Refusals;

beforeEach(() => {
  clock = new ManualClock();
  audit = new KeptAudit();
  metrics = new Metrics(clock);
  refusals = new Refusals(new AuditLog(audit, clock), metrics, clock);
});

it('counts every wrong token, and writes an address down once in ten minutes', async () => {
  for (let second = 0; second < 1200; second += 1) {
    await refusals.note('call', '203.0.113.7');
    clock.advance(1000);
  }
  await refusals.note('socket', '203.0.113.8');
  expect(audit.entries).toEqual([
    'token.refused 203.0.113.7',
    'token.refused 203.0.113.7',
    'token.refused 203.0.113.8',
  ]);
  const { text } = await metrics.page();
  expect(text).toContain('lookout_tokens_refused_total{with="call"} 1200');
  expect(text).toContain('lookout_tokens_refused_total{with="socket"} 1');
  expect(text).toContain('lookout_tokens_refused_total{with="sign-in"} 0');
});

it('writes sixty a minute at most, from however many addresses they come', async () => {
  const flood = async () => {
    for (let host = 0; host < 20_000; host += 1) {
      await refusals.note(host % 2 === 0 ? 'call' : 'sign-in', `2001:db8::${host.toString(16)}`);
    }
  };
  await flood();
  expect(audit.entries).toHaveLength(60);
  clock.advance(60_000);
  await flood();
  expect(audit.entries).toHaveLength(120);
});
