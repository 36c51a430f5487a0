import { TestBed } from '@angular/core/testing';
import type { Webhook } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Unsaved } from '../shell/unsaved.ts';
import { exampleWebhook } from './example-webhook.ts';
import { WebhooksPage } from './webhooks-page.ts';

const REFUSED = 'connect ECONNREFUSED 127.0.0.1:9';
const LIST = '/api/v1/webhooks';

const hall = exampleWebhook({ id: 'hall', url: 'https://hall.example/' });
const desk = exampleWebhook({
  id: 'desk',
  url: 'https://desk.example/',
  cameraIds: ['gate'],
  createdAt: '2026-01-02T00:00:00.000Z',
});

/** The page before a server that has these webhooks, or does not answer while there are none. */
async function show(...webhooks: Webhook[]) {
  const { clock, fetch } = setUpPage([exampleCamera()]);
  const server: { webhooks: Webhook[] | null; answer: () => Response } = {
    webhooks,
    answer: () => Response.json({}),
  };
  const sent: string[] = [];
  fetch.mockImplementation((path, { method, body }) => {
    if (server.webhooks === null) return Promise.reject(new TypeError('gone'));
    if (method === 'GET' && path === LIST) return Promise.resolve(Response.json(server.webhooks));
    if (method === 'GET') return Promise.resolve(Response.json({ items: [], nextCursor: null }));
    sent.push(`${method ?? ''} ${path}${typeof body === 'string' ? ` ${body}` : ''}`);
    return Promise.resolve(server.answer());
  });
  const fixture = TestBed.createComponent(WebhooksPage);
  const element = fixture.nativeElement as HTMLElement;
  const words = (selector?: string) =>
    ((selector === undefined ? element : element.querySelector(selector))?.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const settle = (check: () => void) =>
    vi.waitFor(async () => {
      await fixture.whenStable();
      check();
    });
  /** Lets the next look pass. */
  const look = async () => {
    await clock.advanceAsync(4000);
    await fixture.whenStable();
  };
  const button = (name: string, inside: Element = element) => {
    const found = [...inside.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === name,
    );
    if (found === undefined) throw new Error(`there is no button "${name}"`);
    return found;
  };
  const press = async (name: string, inside?: Element) => {
    button(name, inside).click();
    await fixture.whenStable();
  };
  const row = (url: string) => {
    const found = element.querySelector(`lo-webhook-row[aria-label="${url}"]`);
    if (found === null) throw new Error(`there is no row of ${url}`);
    return found;
  };
  const box = (id: string) => {
    const found = element.querySelector<HTMLInputElement>(`#${id}`);
    if (found === null) throw new Error(`there is no field ${id}`);
    return found;
  };
  const type = async (id: string, text: string) => {
    box(id).value = text;
    box(id).dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const escape = async () => {
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
    document.activeElement?.dispatchEvent(event);
    await fixture.whenStable();
  };
  clock.advance(0);
  await settle(() => {
    expect(element.querySelector('[aria-busy]')).toBeNull();
  });
  const page = { clock, fetch, fixture, element, server, sent };
  return { ...page, words, settle, look, button, press, row, box, type, escape };
}

const refusal = (path: string, message: string) => () =>
  Response.json({ title: 'Bad Request', errors: [{ path, message }] }, { status: 400 });

describe('WebhooksPage', () => {
  it('has one sentence and one button while there is no webhook', async () => {
    const { words, element, press } = await show();
    expect(words('.empty')).toContain('There is no webhook yet');
    expect(element.querySelectorAll('button')).toHaveLength(1);
    await press('Add a webhook');
    expect(document.activeElement?.id).toBe('webhook-url-new');
  });

  it('says by itself that one came into trouble, and out of it', async () => {
    const { server, words, look, settle, row } = await show(hall, desk);
    expect(words('[role=status]')).toBe('');
    server.webhooks = [hall, { ...desk, waiting: 2, trouble: REFUSED }];
    await look();
    await settle(() => {
      expect(words('[role=status]')).toBe('1 of 2 is in trouble.');
    });
    expect(row(desk.url).textContent).toContain(REFUSED);
    expect(row(desk.url).textContent).toContain('· 2 waiting');
    server.webhooks = [hall, desk];
    await look();
    await settle(() => {
      expect(words('[role=status]')).toBe('');
    });
  });

  it('keeps the last answer with its time while there is no newer one, and calls nothing well', async () => {
    const { server, words, look, settle, row } = await show(hall);
    expect(row(hall.url).getAttribute('data-tone')).toBe('good');
    server.webhooks = null;
    await look();
    await settle(() => {
      expect(words('lo-panel-head')).toMatch(
        /Lookout does not answer\. What follows is from the last answer, at \d\d:\d\d:\d\d\./,
      );
    });
    expect(row(hall.url).getAttribute('data-tone')).toBe('quiet');
  });

  it('asks no more once it is left', async () => {
    const { clock, fetch, fixture } = await show(hall);
    const asked = fetch.mock.calls.length;
    fixture.destroy();
    await clock.advanceAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(asked);
  });
});

describe('adding a webhook', () => {
  it('loses nothing that was typed when the list is renewed', async () => {
    const { server, press, type, box, look, settle, words } = await show(hall);
    await press('Add a webhook');
    await type('webhook-url-new', 'http://half.typ');
    box('webhook-url-new').focus();
    server.webhooks = [hall, desk];
    await look();
    await settle(() => {
      expect(words('ul')).toContain(desk.url);
    });
    expect(box('webhook-url-new').value).toBe('http://half.typ');
    expect(document.activeElement).toBe(box('webhook-url-new'));
  });

  it('is not left unasked with something typed in a form, or with a secret', async () => {
    const confirm = vi.spyOn(window, 'confirm').mockReturnValue(false);
    const { press, type, server, settle, element } = await show(hall);
    const mayLeave = () => TestBed.inject(Unsaved).mayLeave();
    await press('Add a webhook');
    expect(mayLeave()).toBe(true);
    await type('webhook-url-new', desk.url);
    expect(mayLeave()).toBe(false);
    server.answer = () => Response.json({ ...desk, secret: 'whsec_once' });
    await press('Add webhook');
    await settle(() => {
      expect(element.querySelector('lo-secret-once')).not.toBeNull();
    });
    expect(mayLeave()).toBe(false);
    await press('I have it');
    expect(mayLeave()).toBe(true);
    expect(confirm.mock.calls).toEqual([
      ['Leave without saving the webhook?'],
      ['Leave? Nobody shows this secret again.'],
    ]);
    confirm.mockRestore();
  });

  it('gives the focus back when it is cancelled, by its button or by Escape', async () => {
    const { button, press, escape, element } = await show(hall);
    await press('Add a webhook');
    await escape();
    expect(element.querySelector('form')).toBeNull();
    expect(document.activeElement).toBe(button('Add a webhook'));
    await press('Add a webhook');
    await press('Cancel');
    expect(document.activeElement).toBe(button('Add a webhook'));
  });

  it('shows what is wrong beside its field, goes there, and keeps what was typed', async () => {
    const { server, press, type, box, settle, words } = await show(hall);
    await press('Add a webhook');
    await type('webhook-url-new', 'nowhere');
    box('webhook-labels-new').focus();
    server.answer = refusal('url', 'must be an http or https address');
    await press('Add webhook');
    await settle(() => {
      expect(words('#webhook-url-new-about')).toContain('must be an http or https address');
    });
    expect(document.activeElement).toBe(box('webhook-url-new'));
    expect(box('webhook-url-new').value).toBe('nowhere');
  });

  it('stays while it is sent, since the answer holds the secret', async () => {
    const { fetch, press, type, element, escape } = await show(hall);
    await press('Add a webhook');
    await type('webhook-url-new', desk.url);
    fetch.mockReturnValueOnce(new Promise(() => undefined));
    await press('Add webhook');
    await escape();
    expect(element.querySelector('form')).not.toBeNull();
  });

  it('shows the secret once, and the new webhook without waiting for the next look', async () => {
    const { server, sent, press, type, settle, words, element, button } = await show(hall);
    await press('Add a webhook');
    await type('webhook-url-new', desk.url);
    server.answer = () => {
      server.webhooks = [hall, desk];
      return Response.json({ ...desk, secret: 'whsec_once' }, { status: 201 });
    };
    await press('Add webhook');
    await settle(() => {
      expect(words('[data-testid=secret]')).toBe('whsec_once');
    });
    expect(sent).toEqual([
      `POST ${LIST} {"url":"${desk.url}","types":["event.started","event.ended"],"cameraIds":null,"labels":null}`,
    ]);
    expect(document.activeElement?.localName).toBe('lo-secret-once');
    expect(element.querySelector('form')).toBeNull();
    await press('I have it');
    expect(words()).not.toContain('whsec_once');
    expect(document.activeElement).toBe(button('Add a webhook'));
  });
});

describe('changing a webhook', () => {
  it('sends only what was changed', async () => {
    const { sent, press, type, box, row, settle, button } = await show(hall, desk);
    await press('Change', row(desk.url));
    expect(document.activeElement).toBe(box('webhook-url-desk'));
    expect(box('webhook-url-desk').value).toBe(desk.url);
    expect(button('Save').disabled).toBe(true);
    await type('webhook-labels-desk', 'person, car');
    await press('Save');
    await settle(() => {
      expect(row(desk.url).querySelector('form')).toBeNull();
    });
    expect(sent).toEqual([`PATCH ${LIST}/desk {"labels":["person","car"]}`]);
    expect(document.activeElement).toBe(button('Change', row(desk.url)));
  });

  it('keeps its form, and where one is in it, whatever happens to the webhook meanwhile', async () => {
    const { server, press, type, box, row, look, settle, escape, words } = await show(hall, desk);
    await press('Change', row(hall.url));
    await type('webhook-url-hall', 'http://half.typ');
    server.webhooks = [{ ...hall, waiting: 7000, labels: ['dog'] }, desk];
    await look();
    await settle(() => {
      expect(row(hall.url).textContent).toContain('7,000 waiting');
    });
    server.webhooks = [desk];
    await look();
    await settle(() => {
      expect(row(hall.url).textContent).toContain('Somebody else deleted it.');
    });
    expect(row(hall.url).textContent).not.toContain('waiting');
    expect(box('webhook-url-hall').value).toBe('http://half.typ');
    expect(document.activeElement).toBe(box('webhook-url-hall'));
    await escape();
    expect(words('ul')).not.toContain(hall.url);
  });

  it('says that it was not saved, and why, until it is tried again', async () => {
    const { server, press, type, row, look, settle } = await show(hall);
    await press('Change', row(hall.url));
    await type('webhook-url-hall', desk.url);
    const told = () => row(hall.url).querySelector('form > [role=alert]')?.textContent.trim();
    server.webhooks = null;
    await press('Save');
    await settle(() => {
      expect(told()).toBe('Not saved: Lookout does not answer.');
    });
    server.webhooks = [hall];
    await look();
    expect(told()).toBe('Not saved: Lookout does not answer.');
    await press('Save');
    await settle(() => {
      expect(row(hall.url).querySelector('form')).toBeNull();
    });
  });

  it('says at its row that something was not done', async () => {
    const { server, press, row, settle } = await show(hall, desk);
    server.webhooks = null;
    await press('Pause', row(desk.url));
    await settle(() => {
      expect(row(desk.url).querySelector('[role=alert]')?.textContent).toBe(
        'Not done: Lookout does not answer.',
      );
    });
  });

  it.each([
    ['Delete…', 'Delete', 'Keep', `DELETE ${LIST}/hall`],
    ['New secret…', 'New secret', 'Keep this one', `POST ${LIST}/hall/rotate`],
  ])('takes "%s" only with a second word', async (first, second, keep, call) => {
    const { server, sent, press, row, settle, button } = await show(hall);
    await press(first, row(hall.url));
    expect(document.activeElement).toBe(button(keep));
    await press(keep, row(hall.url));
    expect(document.activeElement).toBe(button(first));
    expect(sent).toEqual([]);
    server.answer = () => Response.json({ ...hall, secret: 'whsec_new' });
    await press(first, row(hall.url));
    await press(second, row(hall.url));
    await settle(() => {
      expect(sent).toEqual([call]);
    });
  });

  it.each([
    ['Delete…', 'Delete'],
    ['New secret…', 'New secret'],
  ])('leaves the focus at "%s" when it fails', async (first, second) => {
    const { server, press, row, settle, button } = await show(hall);
    await press(first, row(hall.url));
    server.webhooks = null;
    button(second).focus();
    await press(second, row(hall.url));
    await settle(() => {
      expect(row(hall.url).textContent).toContain('Not done: Lookout does not answer.');
      expect(document.activeElement).toBe(button(first));
    });
  });
});
