import { TestBed } from '@angular/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { Session } from '../session/session.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { Poll } from './poll.ts';

function setUp() {
  const { clock } = setUpPage();
  let asked = 0;
  const question = vi.fn(() => Promise.resolve(++asked));
  const poll = TestBed.runInInjectionContext(() => new Poll(question));
  return { clock, question, poll };
}

describe('Poll', () => {
  it('asks once for all who wish it, as often as the most eager does', async () => {
    const { clock, question, poll } = setUp();
    poll.ask(20_000);
    const leave = poll.ask(4000);
    await clock.advanceAsync(0);
    expect(question).toHaveBeenCalledTimes(1);
    await clock.advanceAsync(8000);
    expect(question).toHaveBeenCalledTimes(3);
    leave();
    await clock.advanceAsync(4000);
    await clock.advanceAsync(20_000);
    expect(question).toHaveBeenCalledTimes(5);
  });

  it('asks nothing when nobody shows it, and at once when what it knows is old', async () => {
    const { clock, question, poll } = setUp();
    poll.ask(4000)();
    await clock.advanceAsync(60_000);
    expect(question).not.toHaveBeenCalled();
    const leave = poll.ask(4000);
    await clock.advanceAsync(0);
    leave();
    await clock.advanceAsync(60_000);
    expect(question).toHaveBeenCalledTimes(1);
    poll.ask(4000);
    await clock.advanceAsync(0);
    expect(question).toHaveBeenCalledTimes(2);
  });

  it('asks once at a time, whoever comes and goes while it waits', async () => {
    const { clock, question, poll } = setUp();
    const answer = Promise.withResolvers<number>();
    question.mockReturnValueOnce(answer.promise);
    const leave = poll.ask(4000);
    await clock.advanceAsync(0);
    leave();
    poll.ask(4000);
    await clock.advanceAsync(30_000);
    expect(question).toHaveBeenCalledTimes(1);
    answer.resolve(7);
    await clock.advanceAsync(3000);
    expect(poll.answer()).toBe(7);
    await clock.advanceAsync(1000);
    expect(question).toHaveBeenCalledTimes(2);
  });

  it('keeps the last answer, its time, and why there is no newer one', async () => {
    const { clock, question, poll } = setUp();
    const began = clock.now();
    poll.ask(4000);
    await clock.advanceAsync(0);
    question.mockRejectedValueOnce(new Error('gone'));
    await clock.advanceAsync(4000);
    expect([poll.answer(), poll.answeredAt(), poll.problem()]).toEqual([1, began, 'gone']);
    await clock.advanceAsync(4000);
    expect([poll.answeredAt(), poll.problem()]).toEqual([began + 8000, null]);
  });

  it('costs the server nothing while nobody can see the page', async () => {
    const { clock, question, poll } = setUp();
    const { visible } = TestBed.inject(PageVisibility);
    visible.set(false);
    poll.ask(4000);
    await clock.advanceAsync(60_000);
    expect(question).not.toHaveBeenCalled();
    visible.set(true);
    await clock.advanceAsync(4000);
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('forgets with the session, also what is still on its way', async () => {
    const { clock, question, poll } = setUp();
    const late = Promise.withResolvers<number>();
    poll.ask(4000);
    await clock.advanceAsync(0);
    question.mockReturnValueOnce(late.promise);
    await clock.advanceAsync(4000);
    TestBed.inject(Session).state.set('closed');
    TestBed.tick();
    expect(poll.answer()).toBeNull();
    late.resolve(7);
    await clock.advanceAsync(0);
    expect(poll.answer()).toBeNull();
  });
});
