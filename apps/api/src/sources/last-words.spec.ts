import { describe, expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

describe('lastWords', () => {
  it('gives the last line that says something, short and without credentials', () => {
    expect(
      lastWords('first\n[rtsp @ 0x55d0c0ffee] refused\n    Last message repeated 3 times\n'),
    ).toBe('refused');
    expect(lastWords('rtsp://user:secret@10.0.0.5/stream: Connection refused')).toBe(
      'rtsp://***@10.0.0.5/stream: Connection refused',
    );
    expect(
      lastWords('[tcp @ 0x5] [error] Refused\n[swscaler @ 0x55d0] [warning] deprecated format'),
    ).toBe('Refused');
    expect(lastWords('[http @ 0x5] [error] Cut\n[mjpeg @ 0x55d0] [error] overread 8')).toBe('Cut');
    expect(lastWords('x'.repeat(5000))).toHaveLength(200);
    expect(lastWords('')).toBeUndefined();
    expect(lastWords(null)).toBeUndefined();
  });
});
