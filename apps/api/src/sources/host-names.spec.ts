import { expect, it } from 'vitest';
import { HostNames } from './host-names.ts';

it('looks a name up once for all who ask meanwhile, and anew for who asks later', async () => {
  const names = new HostNames();
  const first = names.addressesOf('localhost', { family: 4 });
  expect(names.addressesOf('localhost', { family: 4 })).toBe(first);
  expect(names.addressesOf('localhost', { family: 0 })).not.toBe(first);
  expect(await first).toEqual([{ address: '127.0.0.1', family: 4 }]);
  expect(names.addressesOf('localhost', { family: 4 })).not.toBe(first);
});

it('tells all who asked that there is no such name, and asks again', async () => {
  const names = new HostNames();
  const ask = () => names.addressesOf('nowhere.invalid', {});
  const asked = [ask(), ask()];
  await Promise.all(asked.map((one) => expect(one).rejects.toThrow('nowhere.invalid')));
  expect(ask()).not.toBe(asked[0]);
  await expect(ask()).rejects.toThrow('nowhere.invalid');
});
