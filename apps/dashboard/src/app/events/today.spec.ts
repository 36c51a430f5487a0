import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { dayBeside, dayOf } from './span.ts';
import { Today } from './today.ts';

it('is the next day from midnight on, and the one before when a clock is set back', () => {
  const { clock } = setUpPage();
  const day = dayOf(clock.now());
  clock.setWall(day.to - 1000);
  const today = TestBed.inject(Today);
  clock.advance(500);
  expect(today.day()).toEqual(day);
  clock.advance(500);
  expect(today.day()).toEqual(dayBeside(day, 1));
  clock.setWall(day.from);
  clock.advance(500);
  expect(today.day()).toEqual(day);
});
