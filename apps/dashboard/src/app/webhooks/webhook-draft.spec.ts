import { describe, expect, it } from 'vitest';
import { exampleWebhook } from './example-webhook.ts';
import { draftOf, NEW_DRAFT, newWebhookOf, patchOf } from './webhook-draft.ts';

const webhook = exampleWebhook({ cameraIds: ['yard', 'gate'], labels: ['person', 'car'] });

describe('newWebhookOf', () => {
  it('takes nothing ticked and nothing typed for all', () => {
    expect(newWebhookOf({ ...NEW_DRAFT, url: ' http://there/ ', types: [] })).toEqual({
      url: 'http://there/',
      types: ['event.started', 'event.ended', 'camera.state', 'detection.freshness'],
      cameraIds: null,
      labels: null,
    });
  });
});

describe('patchOf', () => {
  it('is empty for what only looks changed', () => {
    const draft = draftOf(webhook);
    expect(patchOf(webhook, draft)).toEqual({});
    expect(
      patchOf(webhook, { ...draft, cameraIds: ['gate', 'yard'], labels: 'person,car, ' }),
    ).toEqual({});
  });

  it('takes a webhook whose cameras were deleted to all, as the form shows', () => {
    const left = { ...webhook, cameraIds: [] };
    expect(patchOf(left, draftOf(left))).toEqual({ cameraIds: null });
    expect(patchOf(left, { ...draftOf(left), cameraIds: ['gate'] })).toEqual({
      cameraIds: ['gate'],
    });
  });

  it('holds what was changed and nothing else', () => {
    const draft = draftOf(webhook);
    expect(patchOf(webhook, { ...draft, url: 'http://here/' })).toEqual({ url: 'http://here/' });
    expect(patchOf(webhook, { ...draft, cameraIds: [], labels: '' })).toEqual({
      cameraIds: null,
      labels: null,
    });
    expect(patchOf(webhook, { ...draft, types: ['camera.state'] })).toEqual({
      types: ['camera.state'],
    });
  });
});
