import { TestBed } from '@angular/core/testing';
import { expect, it, vi } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { RecentEvents } from './recent-events.ts';

it('keeps the newer answer when an older one comes after it, or none does', async () => {
  const { clock, fetch } = setUpPage([], [RecentEvents]);
  const asked: PromiseWithResolvers<Response>[] = [];
  fetch.mockImplementation(() => {
    const answer = Promise.withResolvers<Response>();
    asked.push(answer);
    return answer.promise;
  });
  const recent = TestBed.inject(RecentEvents);
  TestBed.tick();
  await clock.advanceAsync(30_000);
  const answers = (id: string) =>
    Response.json({ items: [exampleEvent({ id })], nextCursor: null });
  const told = () => [recent.items()?.map(({ id }) => id), recent.problem()];
  asked[1]?.resolve(answers('second'));
  await vi.waitFor(() => {
    expect(told()).toEqual([['second'], null]);
  });
  asked[0]?.reject(new TypeError('away'));
  await clock.advanceAsync(0);
  expect(told()).toEqual([['second'], null]);
  asked[2]?.reject(new TypeError('away'));
  await vi.waitFor(() => {
    expect(told()).toEqual([['second'], 'Lookout does not answer.']);
  });
  await clock.advanceAsync(15_000);
  await clock.advanceAsync(15_000);
  asked[4]?.resolve(answers('fifth'));
  await clock.advanceAsync(0);
  asked[3]?.resolve(answers('fourth'));
  await clock.advanceAsync(0);
  await vi.waitFor(() => {
    expect(told()).toEqual([['fifth'], null]);
  });
});
