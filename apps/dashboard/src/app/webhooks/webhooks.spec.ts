import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { exampleWebhook } from './example-webhook.ts';
import { Webhooks } from './webhooks.ts';

describe('Webhooks', () => {
  it('does not take an answer that was on its way when something was changed', async () => {
    const { clock, fetch } = setUpPage();
    const before = exampleWebhook();
    const after = exampleWebhook({ enabled: false });
    const webhooks = TestBed.inject(Webhooks);
    const { poll } = webhooks;
    const late = Promise.withResolvers<Response>();
    fetch.mockReturnValueOnce(late.promise);
    const leave = poll.ask(4000);
    await clock.advanceAsync(0);
    fetch.mockImplementation((_, { method }) =>
      Promise.resolve(Response.json(method === 'PATCH' ? after : [after])),
    );
    await webhooks.change(before.id, { enabled: false });
    late.resolve(Response.json([before]));
    await expect.poll(() => poll.answer()).toEqual([after]);
    expect(fetch).toHaveBeenCalledTimes(3);
    leave();
  });
});
